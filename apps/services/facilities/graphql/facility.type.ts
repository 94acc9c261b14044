import { Directive, Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType, JsonScalar, Location } from '@weinao/plugins';
import type { FacilityLocation } from '../domain/facility.events.ts';

export type WaterState = 'FLOWING' | 'DRY' | 'UNKNOWN';
export const WaterStateEnum = enumType<WaterState>('WaterState', ['FLOWING', 'DRY', 'UNKNOWN']);

@ObjectType('HydrantWater')
export class HydrantWaterType {
  @Field(() => WaterStateEnum, {
    description: 'UNKNOWN where there is no reading, or it is older than the settings allow',
  })
  state: WaterState;

  @Field(() => Float, { nullable: true })
  pressureKPa: number | null;

  @Field(() => DateTimeScalar, { nullable: true })
  readAt: string | null;
}

@ObjectType('Facility')
export class FacilityType {
  @Field(() => ID)
  id: string;

  @Field()
  kind: string;

  @Field()
  name: string;

  @Field(() => Location)
  location: FacilityLocation;

  @Field(() => JsonScalar, { nullable: true })
  attributes: Readonly<Record<string, unknown>> | null;
}

@ObjectType('FacilityDistance')
export class FacilityDistanceType {
  @Field(() => FacilityType)
  facility: FacilityType;

  @Field(() => Float, { description: 'As the crow flies' })
  metres: number;
}

@ObjectType('FacilityConnection')
export class FacilityConnectionType extends connectionOf(FacilityType) {}

/** An alert as this plugin sees it; where alerts is on, it knows the rest. */
@ObjectType('Alert')
@Directive('@key(fields: "id")')
export class AlertExtension {
  @Field(() => ID)
  id: string;

  @Field(() => Location, { nullable: true })
  @Directive('@external')
  location?: FacilityLocation | null;
}
