import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import type { OwnCommand } from '../domain/watch.commands.ts';
import { watchDecider } from '../domain/watch.decider.ts';

interface OfDevice<Type extends string> {
  readonly type: `devices.${Type}`;
  readonly data: { readonly kind: string; readonly residentId: string | null };
}

type DeviceEvent =
  | OfDevice<'DeviceRegistered'>
  | OfDevice<'DeviceRetired'>
  | OfDevice<'DeviceFellSilent'>
  | OfDevice<'DeviceIsBack'>;

/** Kinds of devices that tell of whom they belong to. */
const TELLING = ['DOOR', 'MOTION', 'GATE', 'WATER_METER'];

const COMMANDS = {
  'devices.DeviceRegistered': 'AttachDevice',
  'devices.DeviceRetired': 'DetachDevice',
  'devices.DeviceFellSilent': 'DeviceFellSilent',
  'devices.DeviceIsBack': 'DeviceIsBack',
} as const satisfies Record<DeviceEvent['type'], OwnCommand['type']>;

/** Which devices would tell of whom, and whether they still do. */
export const deviceReaction: Reaction<DeviceEvent> = {
  name: 'device',
  follows: Object.keys(COMMANDS) as DeviceEvent['type'][],

  react({ type, stream, data: { kind, residentId } }) {
    if (residentId === null || !TELLING.includes(kind)) return [];
    return [intent(watchDecider, residentId, { type: COMMANDS[type], deviceId: idOfStream(stream) })];
  },
};
