import type { DecisionContext } from '@weinao/events';
import type { CareRules } from './care.rules.ts';
import { dueAfter, signOfLife } from './sign-of-life.ts';
import type { OwnCommand } from './watch.commands.ts';
import type { WatchEvent } from './watch.events.ts';
import { isWatched } from './watch.state.ts';
import type { WatchState } from './watch.state.ts';

type Context = DecisionContext<CareRules>;

const MINUTE_MS = 60_000;

/** What timers and other plugins lead to. A timer may come after what should have prevented it; it is judged here. */
export function decideOfItself(command: OwnCommand, state: WatchState, context: Context): WatchEvent[] {
  switch (command.type) {
    case 'RaiseConcern':
      if (state.status !== 'WATCHING' || state.dueAt !== command.dueAt) return [];
      return [raised(command.dueAt, command.late, state, context)];
    case 'EscalateConcern':
      if (state.status !== 'CONCERN' || command.step !== state.escalations + 1) return [];
      return [
        {
          type: 'ConcernEscalated',
          data: { step: command.step, escalatesAt: nextEscalation(command.step, context) },
        },
      ];
    case 'EndPause':
      if (state.status !== 'PAUSED' || state.pausedUntil !== command.until) return [];
      return [
        {
          type: 'WatchResumed',
          data: { dueAt: dueAfter(command.until, state.thresholdHours) },
          at: command.until,
        },
      ];
    case 'SenseSignOfLife':
      return isWatched(state) ? signOfLife(command.source, command.at ?? context.now, state, context) : [];
    case 'PlaceResident':
      return placed(command, state);
    case 'ResidentLeft':
      return left(state);
    case 'AttachDevice':
      return state.devices[command.deviceId] ? [] : [{ type: 'DeviceAttached', data: deviceOf(command) }];
    case 'DetachDevice':
      return state.devices[command.deviceId] ? [{ type: 'DeviceDetached', data: deviceOf(command) }] : [];
    case 'DeviceFellSilent':
      return state.devices[command.deviceId] === 'HEARD'
        ? [{ type: 'DeviceWentQuiet', data: deviceOf(command) }]
        : [];
    case 'DeviceIsBack':
      return state.devices[command.deviceId] === 'QUIET'
        ? [{ type: 'DeviceWasHeard', data: deviceOf(command) }]
        : [];
  }
}

/** Whoever hears of the concern hears that it is over. */
function left(state: WatchState): WatchEvent[] {
  const ended: WatchEvent = { type: 'WatchEnded', data: { reason: '居民已迁出' } };
  if (state.status !== 'CONCERN') return isWatched(state) ? [ended] : [];
  return [{ type: 'ConcernClosed', data: { outcome: 'MOVED', note: null, dueAt: null } }, ended];
}

const deviceOf = ({ deviceId }: { readonly deviceId: string }) => ({ deviceId });

/** It happened when it was due, however late it is noticed. */
function raised(since: string, late: boolean, state: WatchState, context: Context): WatchEvent {
  const { building, unit, lastSignOfLifeAt, thresholdHours } = state;
  const location = building === null && unit === null ? null : { building, unit };
  const escalatesAt = nextEscalation(0, context);
  return {
    type: 'ConcernRaised',
    data: { since, lastSignOfLifeAt, thresholdHours, location, late, escalatesAt },
    ...(since < context.now && { at: since }),
  };
}

function nextEscalation(step: number, { now, settings }: Context): string | null {
  if (step >= settings.escalationSteps) return null;
  return new Date(Date.parse(now) + settings.escalateAfterMinutes * MINUTE_MS).toISOString();
}

/** What is left out stays. */
function placed(
  { building, unit }: Extract<OwnCommand, { type: 'PlaceResident' }>,
  state: WatchState,
): WatchEvent[] {
  const place = {
    building: building === undefined ? state.building : building,
    unit: unit === undefined ? state.unit : unit,
  };
  if (place.building === state.building && place.unit === state.unit) return [];
  return [{ type: 'ResidentPlaced', data: place }];
}
