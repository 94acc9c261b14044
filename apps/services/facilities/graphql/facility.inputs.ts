import { ArgsType, Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import {
  DateTimeScalar,
  GeoPointInput,
  GivenId,
  JsonScalar,
  LocationInput,
  OptionalText,
  PageArgs,
  Text,
} from '@weinao/plugins';
import { Type } from 'class-transformer';
import { IsInt, IsNumber, IsOptional, Matches, Max, Min, ValidateBy, ValidateNested } from 'class-validator';

const ID_LENGTH = 64;
export const NAME_LENGTH = 200;
const TEXT_LENGTH = 100;
const MOST_NEAREST = 50;
const MOST_ATTRIBUTE_CHARACTERS = 4_000;
/** More than any fire main holds. */
const MOST_PRESSURE_KPA = 2_500;

export const Kind = (): PropertyDecorator =>
  Matches(/^[A-Z][A-Z0-9_]{0,39}$/, {
    message: '$property must be 1 to 40 capital letters, digits or "_", such as HYDRANT',
  });

/** An object of JSON, of which a few thousand characters say enough. */
export const Attributes = (): PropertyDecorator =>
  ValidateBy({
    name: 'attributes',
    validator: {
      validate: (value) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
        const text = JSON.stringify(value);
        return text.length <= MOST_ATTRIBUTE_CHARACTERS && !text.includes('\\u0000');
      },
      defaultMessage: () =>
        `$property must be a JSON object of at most ${MOST_ATTRIBUTE_CHARACTERS} characters without NUL`,
    },
  });

const Somewhere = (): PropertyDecorator =>
  ValidateBy({
    name: 'somewhere',
    validator: {
      validate: (value) => {
        const { address, building, point } = (value ?? {}) as LocationInput;
        return Boolean(address ?? building ?? point);
      },
      defaultMessage: () => '$property must name an address, a building or a point',
    },
  });

@InputType()
export class RegisterFacilityInput {
  @Field(() => ID, { nullable: true, description: 'Given by the community; made where it is left out' })
  @IsOptional()
  @GivenId()
  id?: string | null;

  @Field({ description: 'In capitals, such as HYDRANT, CLINIC, FITNESS_POINT, LIFT, CHARGING_PLACE' })
  @Kind()
  kind: string;

  @Field()
  @Text(NAME_LENGTH)
  name: string;

  @Field(() => LocationInput)
  @ValidateNested()
  @Somewhere()
  @Type(() => LocationInput)
  location: LocationInput;

  @Field(() => JsonScalar, { nullable: true })
  @IsOptional()
  @Attributes()
  attributes?: Record<string, unknown> | null;
}

@InputType()
export class FacilityFilter {
  @Field(() => String, { nullable: true })
  @IsOptional()
  @Kind()
  kind?: string | null;

  @Field(() => String, { nullable: true, description: 'Part of the name or the address' })
  @OptionalText(TEXT_LENGTH)
  text?: string | null;
}

@ArgsType()
export class FacilityArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}

@ArgsType()
export class FacilitiesArgs extends PageArgs {
  @Field(() => FacilityFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => FacilityFilter)
  filter?: FacilityFilter | null;

  @Field(() => Int, { defaultValue: 50, nullable: true })
  override first = 50;
}

@ArgsType()
export class FirstArgs {
  @Field(() => Int, { defaultValue: 3, nullable: true })
  @IsInt()
  @Min(1)
  @Max(MOST_NEAREST)
  first = 3;
}

@ArgsType()
export class NearestArgs extends FirstArgs {
  @Field()
  @Kind()
  kind: string;

  @Field(() => GeoPointInput)
  @ValidateNested()
  @Type(() => GeoPointInput)
  point: GeoPointInput;
}

@ArgsType()
export class ReportWaterArgs extends FacilityArgs {
  @Field()
  hasWater: boolean;

  @Field(() => Float, { nullable: true })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(MOST_PRESSURE_KPA)
  pressureKPa?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, where it is left out' })
  at?: string | null;
}

@ArgsType()
export class ImportFacilitiesArgs {
  @Field(() => JsonScalar)
  geojson: unknown;
}
