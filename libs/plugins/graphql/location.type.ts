import { Directive, Field, Float, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsLatitude, IsLongitude, IsOptional, ValidateNested } from 'class-validator';
import { OptionalText } from './text.validators.ts';

@ObjectType({ description: 'WGS 84 degrees' })
@Directive('@shareable')
export class GeoPoint {
  @Field(() => Float)
  latitude: number;

  @Field(() => Float)
  longitude: number;
}

@ObjectType()
@Directive('@shareable')
export class Location {
  @Field(() => String, { nullable: true })
  address?: string | null;

  @Field(() => String, { nullable: true })
  building?: string | null;

  @Field(() => String, { nullable: true })
  unit?: string | null;

  @Field(() => GeoPoint, { nullable: true })
  point?: GeoPoint | null;
}

@InputType()
export class GeoPointInput {
  @Field(() => Float)
  @IsLatitude()
  latitude: number;

  @Field(() => Float)
  @IsLongitude()
  longitude: number;
}

@InputType()
export class LocationInput {
  @Field(() => String, { nullable: true })
  @OptionalText(200)
  address?: string | null;

  @Field(() => String, { nullable: true })
  @OptionalText(40)
  building?: string | null;

  @Field(() => String, { nullable: true })
  @OptionalText(40)
  unit?: string | null;

  @Field(() => GeoPointInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => GeoPointInput)
  point?: GeoPointInput | null;
}
