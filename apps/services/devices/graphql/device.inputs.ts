import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { GivenId, LocationInput, OptionalText, PageArgs, Text } from '@weinao/plugins';
import { Type } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { DeviceKindEnum } from './device.type.ts';
import { parseDuration } from './duration.ts';
import type { DeviceKind } from '../domain/device.events.ts';

const ID_LENGTH = 64;
const MODEL_LENGTH = 100;
const SHORTEST_SECONDS = 60;
const LONGEST_SECONDS = 30 * 86_400;
export const USUAL_SILENT_AFTER = 'PT24H';

const SilentAfter = (): PropertyDecorator =>
  ValidateBy({
    name: 'silentAfter',
    validator: {
      validate: (value) => {
        const seconds = typeof value === 'string' ? (parseDuration(value) ?? 0) : 0;
        return seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS;
      },
      defaultMessage: () => '$property must be an ISO 8601 duration from PT1M to P30D, such as PT24H',
    },
  });

@InputType()
export class RegisterDeviceInput {
  @Field(() => ID)
  @GivenId()
  id: string;

  @Field(() => DeviceKindEnum)
  kind: DeviceKind;

  @Field(() => String, { nullable: true })
  @OptionalText(MODEL_LENGTH)
  model?: string | null;

  @Field(() => LocationInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LocationInput)
  location?: LocationInput | null;

  @Field(() => String, {
    defaultValue: USUAL_SILENT_AFTER,
    nullable: true,
    description: 'ISO 8601 duration without a reading after which the device is reported offline',
  })
  @IsOptional()
  @SilentAfter()
  silentAfter?: string | null;

  @Field(() => ID, { nullable: true, description: 'Whom its readings tell of' })
  @OptionalText(ID_LENGTH)
  residentId?: string | null;
}

@InputType()
export class DeviceFilter {
  @Field(() => DeviceKindEnum, { nullable: true })
  kind?: DeviceKind | null;

  @Field(() => Boolean, { nullable: true })
  online?: boolean | null;
}

@ArgsType()
export class DevicesArgs extends PageArgs {
  @Field(() => DeviceFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => DeviceFilter)
  filter?: DeviceFilter | null;

  @Field(() => Int, { defaultValue: 50, nullable: true })
  override first = 50;
}

@ArgsType()
export class DeviceArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}
