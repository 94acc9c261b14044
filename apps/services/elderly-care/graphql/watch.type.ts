import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType } from '@weinao/plugins';
import type { ConcernOutcome, SignOfLifeSource } from '../domain/watch.events.ts';
import type { WatchStatus } from '../domain/watch.state.ts';

export const SignOfLifeSourceEnum = enumType<SignOfLifeSource>('SignOfLifeSource', [
  'DOOR',
  'GATE',
  'MOTION',
  'WATER',
  'CALL',
  'VISIT',
  'MANUAL',
]);

export const WatchStatusEnum = enumType<WatchStatus>('WatchStatus', [
  'WATCHING',
  'PAUSED',
  'CONCERN',
  'ENDED',
]);

export const ConcernOutcomeEnum = enumType<ConcernOutcome>('ConcernOutcome', [
  'SAFE',
  'HELPED',
  'MOVED',
  'DIED',
]);

/** What is known of a resident here: the id. Where residents is on, it knows the rest. */
@ObjectType('Resident')
@Directive('@key(fields: "id", resolvable: false)')
export class ResidentStub {
  @Field(() => ID)
  id: string;
}

@ObjectType('Watch')
export class WatchType {
  @Field(() => ID)
  residentId: string;

  @Field(() => ResidentStub, { nullable: true })
  resident: ResidentStub;

  @Field(() => WatchStatusEnum)
  status: WatchStatus;

  @Field(() => Int)
  thresholdHours: number;

  @Field(() => DateTimeScalar, { nullable: true })
  lastSignOfLifeAt: string | null;

  @Field(() => SignOfLifeSourceEnum, { nullable: true })
  lastSource: SignOfLifeSource | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a concern is raised unless there is a sign of life before',
  })
  dueAt: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null where a pause ends only by hand' })
  pausedUntil: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  concernSince: string | null;

  @Field(() => Boolean, {
    description: 'While every device that would tell is offline, so quiet proves nothing',
  })
  blind: boolean;

  @Field(() => Int)
  escalations: number;
}

@ObjectType('WatchConnection')
export class WatchConnectionType extends connectionOf(WatchType) {}
