import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { GivenId, OptionalPhone, OptionalText, PageArgs, Text } from '@weinao/plugins';
import type { Problem } from '@weinao/plugins';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsInt,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const ID_LENGTH = 64;
const NAME_LENGTH = 100;
const PLACE_LENGTH = 40;
const TAG_LENGTH = 40;
const MOST_TAGS = 20;
const OLDEST = 150;
/** Of a request's body at the gateway. */
const CSV_LENGTH = 128 * 1024;

/** A day of the calendar, from 1900 on. */
const BirthDate = (): PropertyDecorator =>
  ValidateBy({
    name: 'birthDate',
    validator: {
      validate: (value) => typeof value === 'string' && isDay(value),
      defaultMessage: () => '$property must be a day such as 1941-03-05, not before 1900',
    },
  });

/** Only who knows the date of the community can tell. */
export const notBornYet = (path: string): Problem => ({
  path,
  rule: 'notInTheFuture',
  message: `${path} must not lie in the future`,
});

function isDay(text: string): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

@InputType({ isAbstract: true })
class DetailsInput {
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  @IsOptional()
  @BirthDate()
  birthDate?: string | null;

  @Field(() => String, { nullable: true })
  @OptionalPhone()
  phone?: string | null;

  @Field(() => String, { nullable: true })
  @OptionalText(PLACE_LENGTH)
  building?: string | null;

  @Field(() => String, { nullable: true })
  @OptionalText(PLACE_LENGTH)
  unit?: string | null;

  @Field(() => String, { nullable: true })
  @OptionalText(PLACE_LENGTH)
  room?: string | null;

  @Field(() => Boolean, { nullable: true })
  @IsOptional()
  @IsBoolean()
  livesAlone?: boolean | null;

  @Field(() => [String], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(MOST_TAGS)
  @Matches(new RegExp(`^[^\\0]{1,${TAG_LENGTH}}$`), {
    each: true,
    message: `each of $property must have 1 to ${TAG_LENGTH} characters`,
  })
  tags?: string[] | null;
}

@InputType()
export class RegisterResidentInput extends DetailsInput {
  @Field(() => ID, { nullable: true, description: 'Given by the community; made where it is left out' })
  @IsOptional()
  @GivenId()
  id?: string | null;

  @Field()
  @Text(NAME_LENGTH)
  name: string;
}

@InputType({ description: 'What is left out stays, what is null is cleared' })
export class AmendResidentInput extends DetailsInput {
  @Field(() => String, { nullable: true, description: 'Cannot be cleared' })
  @ValidateIf((_object, value) => value !== undefined)
  @Text(NAME_LENGTH)
  name?: string;
}

@InputType()
export class ResidentFilter {
  @Field(() => String, { nullable: true })
  @OptionalText(PLACE_LENGTH)
  building?: string | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(OLDEST)
  minAge?: number | null;

  @Field(() => String, { nullable: true })
  @OptionalText(TAG_LENGTH)
  tag?: string | null;

  @Field(() => String, { nullable: true, description: 'Part of the name, phone, building, unit or room' })
  @OptionalText(NAME_LENGTH)
  text?: string | null;
}

@ArgsType()
export class ResidentsArgs extends PageArgs {
  @Field(() => ResidentFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ResidentFilter)
  filter?: ResidentFilter | null;

  @Field(() => Int, { defaultValue: 50, nullable: true })
  override first = 50;
}

@ArgsType()
export class ResidentArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}

@ArgsType()
export class ImportResidentsArgs {
  @Field({ description: 'With a header line; columns in Chinese or named as the fields' })
  @MaxLength(CSV_LENGTH)
  csv: string;
}
