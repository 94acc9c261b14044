import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { LocationInput, OptionalText, PageArgs, Text } from '@weinao/plugins';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { AlertKindEnum, AlertOutcomeEnum, AlertStatusEnum, SeverityEnum } from './alert.type.ts';
import type { AlertKind, AlertOutcome, Severity } from '../domain/alert.events.ts';
import type { AlertStatus } from '../read/alert.row.ts';

const ID_LENGTH = 64;
const TITLE_LENGTH = 200;
const NOTE_LENGTH = 2_000;

@InputType()
export class RaiseAlertInput {
  @Field(() => AlertKindEnum)
  @IsIn(Object.keys(AlertKindEnum))
  kind: AlertKind;

  @Field()
  @Text(TITLE_LENGTH)
  title: string;

  @Field(() => LocationInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LocationInput)
  location?: LocationInput | null;

  @Field(() => SeverityEnum, { nullable: true, description: 'As usual for its kind, where it is left out' })
  severity?: Severity | null;

  @Field(() => Boolean, {
    defaultValue: false,
    nullable: true,
    description: 'Runs the whole chain, marked as an exercise, and pages nobody outside',
  })
  drill?: boolean | null;
}

@InputType()
export class AlertFilter {
  @Field(() => [AlertStatusEnum], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(Object.keys(AlertStatusEnum).length)
  status?: AlertStatus[] | null;

  @Field(() => AlertKindEnum, { nullable: true })
  kind?: AlertKind | null;

  @Field(() => Boolean, { nullable: true, description: 'Neither resolved nor a false alarm' })
  open?: boolean | null;
}

@ArgsType()
export class AlertsArgs extends PageArgs {
  @Field(() => AlertFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AlertFilter)
  filter?: AlertFilter | null;
}

@ArgsType()
export class AlertArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}

@ArgsType()
export class ResolveAlertArgs extends AlertArgs {
  @Field(() => AlertOutcomeEnum)
  @IsIn(Object.keys(AlertOutcomeEnum))
  outcome: AlertOutcome;

  @Field(() => String, { nullable: true })
  @OptionalText(NOTE_LENGTH)
  note?: string | null;
}
