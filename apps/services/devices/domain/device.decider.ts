import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import { activityIn } from './activity.ts';
import type { DeviceCommand } from './device.commands.ts';
import type { DeviceEvent } from './device.events.ts';
import { evolveDevice, noDevice } from './device.state.ts';
import type { DeviceState } from './device.state.ts';

type Reading = Extract<DeviceCommand, { type: 'TakeReading' }>;

/** A device from its registration to its retirement, and what its readings mean. */
export const deviceDecider: Decider<DeviceState, DeviceCommand, DeviceEvent> = {
  category: 'device',
  initial: noDevice,
  evolve: evolveDevice,
  snapshots: { version: 1 },

  decide(command, state, { now }) {
    switch (command.type) {
      case 'RegisterDevice': {
        if (state.status === 'IN_USE') reject('CONFLICT', 'There is a device with this id already.');
        const { type: _type, ...device } = command;
        const silentAt = later(now, device.silentAfterSeconds);
        return [{ type: 'DeviceRegistered', data: { ...device, silentAt } }];
      }
      case 'RetireDevice':
        if (state.status !== 'IN_USE') reject('NOT_FOUND', 'There is no such device here.');
        return [{ type: 'DeviceRetired', data: ofDevice(state) }];
      case 'TakeReading':
        if (state.status !== 'IN_USE') reject('UNAUTHENTICATED', 'The device is not in use any more.');
        return take(command, state, now);
      case 'ReportSilence':
        return reportSilence(command.dueAt, state);
    }
  },
};

/** What a reading says of the device, of people and of smoke, each at the reading's own time. */
function take({ at: given, messageId, values }: Reading, state: DeviceState, now: string): DeviceEvent[] {
  const at = given === null || given > now ? now : given; // a clock that is a little fast
  const isNewest = state.lastSeenAt === null || at >= state.lastSeenAt;
  const silentAt = isNewest ? later(at, state.silentAfterSeconds) : null;
  const when = at < now ? { at } : {};
  const { kind, residentId, location } = state;
  const events: DeviceEvent[] = [
    { type: 'ReadingReceived', data: { ...ofDevice(state), messageId, values, silentAt }, ...when },
  ];
  if (state.isSilent && silentAt !== null && silentAt > now)
    events.push({ type: 'DeviceIsBack', data: ofDevice(state) });
  const source = activityIn(kind, at, values, state.traces);
  if (source) events.push({ type: 'ActivityDetected', data: { source, residentId, location }, ...when });
  if (kind === 'SMOKE_ALARM' && values.smoke === true)
    events.push({ type: 'SmokeDetected', data: { location }, ...when });
  if (values.smoke === false && state.smokes && isNewest)
    events.push({ type: 'SmokeCleared', data: { location }, ...when });
  return events;
}

/** The timer may come twice, or when the device has just been heard. */
function reportSilence(dueAt: string, state: DeviceState): DeviceEvent[] {
  if (state.status !== 'IN_USE' || state.isSilent || state.silentAt > dueAt) return [];
  const { location, lastSeenAt } = state;
  return [{ type: 'DeviceFellSilent', data: { ...ofDevice(state), location, lastSeenAt } }];
}

const ofDevice = ({ kind, residentId }: DeviceState) => ({ kind, residentId });

const later = (at: string, seconds: number): string =>
  new Date(Date.parse(at) + seconds * 1_000).toISOString();
