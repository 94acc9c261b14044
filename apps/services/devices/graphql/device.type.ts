import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType, JsonScalar, Location } from '@weinao/plugins';
import type { DeviceKind, DeviceLocation, Values } from '../domain/device.events.ts';

export const DeviceKindEnum = enumType<DeviceKind>('DeviceKind', [
  'SMOKE_ALARM',
  'DOOR',
  'MOTION',
  'WATER_METER',
  'HYDRANT',
  'GATE',
  'PEOPLE_COUNTER',
  'BUTTON',
  'OTHER',
]);

@ObjectType('Device')
export class DeviceType {
  @Field(() => ID)
  id: string;

  @Field(() => DeviceKindEnum)
  kind: DeviceKind;

  @Field(() => String, { nullable: true })
  model: string | null;

  @Field(() => Location, { nullable: true })
  location: DeviceLocation | null;

  @Field(() => Boolean, { description: 'Whether it was heard within the time that its registration names' })
  online: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Time of the newest reading' })
  lastSeenAt: string | null;

  @Field(() => JsonScalar, { nullable: true })
  lastReading: Values | null;
}

@ObjectType('RegisteredDevice')
export class RegisteredDeviceType {
  @Field(() => DeviceType)
  device: DeviceType;

  /** Null where it was shown before. */
  freshToken: string | null;
}

@ObjectType('DeviceConnection')
export class DeviceConnectionType extends connectionOf(DeviceType) {}
