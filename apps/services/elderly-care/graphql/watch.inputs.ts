import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { DateTimeScalar, GivenId, OptionalPhone, OptionalText, PageArgs, Text } from '@weinao/plugins';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { ConcernOutcomeEnum, SignOfLifeSourceEnum, WatchStatusEnum } from './watch.type.ts';
import type { ConcernOutcome, SignOfLifeSource } from '../domain/watch.events.ts';
import type { WatchStatus } from '../domain/watch.state.ts';

const NAME_LENGTH = 100;
const NOTE_LENGTH = 2_000;
/** Two weeks. */
const MOST_HOURS = 336;

@InputType()
export class StartWatchInput {
  @Field(() => ID)
  @GivenId()
  residentId: string;

  @Field(() => Int, { defaultValue: 48, nullable: true, description: '1 to 336' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_HOURS)
  thresholdHours?: number | null;

  @Field({ description: 'Who agreed: the resident, or who may agree in their name' })
  @Text(NAME_LENGTH)
  consentGivenBy: string;

  @Field(() => String, { nullable: true })
  @OptionalPhone()
  kinPhone?: string | null;
}

@ArgsType()
export class WatchArgs {
  @Field(() => ID)
  @GivenId()
  residentId: string;
}

@ArgsType()
export class PauseWatchArgs extends WatchArgs {
  @Field(() => DateTimeScalar, { nullable: true })
  until?: string | null;

  @Field()
  @Text(NOTE_LENGTH)
  reason: string;
}

@ArgsType()
export class EndWatchArgs extends WatchArgs {
  @Field()
  @Text(NOTE_LENGTH)
  reason: string;
}

@ArgsType()
export class RecordSignOfLifeArgs extends WatchArgs {
  @Field(() => SignOfLifeSourceEnum)
  @IsIn(Object.keys(SignOfLifeSourceEnum))
  source: SignOfLifeSource;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, where it is left out' })
  at?: string | null;
}

@ArgsType()
export class CloseConcernArgs extends WatchArgs {
  @Field(() => ConcernOutcomeEnum)
  @IsIn(Object.keys(ConcernOutcomeEnum))
  outcome: ConcernOutcome;

  @Field(() => String, { nullable: true })
  @OptionalText(NOTE_LENGTH)
  note?: string | null;
}

@InputType()
export class WatchFilter {
  @Field(() => WatchStatusEnum, { nullable: true })
  status?: WatchStatus | null;
}

@ArgsType()
export class WatchesArgs extends PageArgs {
  @Field(() => WatchFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => WatchFilter)
  filter?: WatchFilter | null;

  @Field(() => Int, { defaultValue: 50, nullable: true })
  override first = 50;
}
