import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType } from '@weinao/plugins';
import type { FoundThingStatus } from '../domain/found-thing.decider.ts';

export const FoundThingStatusEnum = enumType<FoundThingStatus>('FoundThingStatus', [
  'KEPT',
  'CLAIMED',
  'HANDED_OUT',
]);

@ObjectType('FoundThing')
export class FoundThingType {
  @Field(() => ID)
  id: string;

  @Field()
  what: string;

  @Field()
  place: string;

  @Field(() => FoundThingStatusEnum)
  status: FoundThingStatus;

  @Field(() => DateTimeScalar)
  reportedAt: string;

  @Field(() => DateTimeScalar, { description: 'By the settings of the community' })
  keptUntil: string;

  @Field(() => ID, { nullable: true, description: 'For those who hand out, and for whoever claimed it' })
  claimedBy: string | null;

  @Field(() => String, { nullable: true, description: 'For those who hand out, and for whoever claimed it' })
  proof: string | null;
}

@ObjectType('FoundThingConnection')
export class FoundThingConnectionType extends connectionOf(FoundThingType) {}
