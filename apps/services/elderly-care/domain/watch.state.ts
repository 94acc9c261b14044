import type { SignOfLifeSource, WatchEvent } from './watch.events.ts';

export type WatchStatus = 'WATCHING' | 'PAUSED' | 'CONCERN' | 'ENDED';

/** All that is known of one resident; it is also the row of the read model. Times are ISO 8601 UTC. */
export interface WatchState {
  /** Null before the first watch. */
  readonly status: WatchStatus | null;
  readonly thresholdHours: number;
  readonly lastSignOfLifeAt: string | null;
  readonly lastSource: SignOfLifeSource | null;
  readonly dueAt: string | null;
  readonly pausedUntil: string | null;
  readonly concernSince: string | null;
  readonly escalations: number;
  readonly building: string | null;
  readonly unit: string | null;
  /** The devices that would tell, and whether each has fallen silent. */
  readonly devices: Readonly<Record<string, 'HEARD' | 'QUIET'>>;
}

export const nothingKnown: WatchState = {
  status: null,
  thresholdHours: 0,
  lastSignOfLifeAt: null,
  lastSource: null,
  dueAt: null,
  pausedUntil: null,
  concernSince: null,
  escalations: 0,
  building: null,
  unit: null,
  devices: {},
};

export const isWatched = ({ status }: WatchState): boolean => status !== null && status !== 'ENDED';

/** Every device that would tell is silent, so quiet proves nothing. */
export function isBlind({ devices }: Pick<WatchState, 'devices'>): boolean {
  const heard = Object.values(devices);
  return heard.length > 0 && heard.every((state) => state === 'QUIET');
}

export function evolveWatch(state: WatchState, event: WatchEvent): WatchState {
  switch (event.type) {
    case 'WatchStarted': {
      const { thresholdHours, dueAt } = event.data;
      const fresh = { lastSignOfLifeAt: null, lastSource: null, ...NO_CONCERN, ...NO_PAUSE };
      return { ...state, ...fresh, status: 'WATCHING', thresholdHours, dueAt };
    }
    case 'WatchPaused':
      return { ...state, status: 'PAUSED', pausedUntil: event.data.until, dueAt: null };
    case 'WatchResumed':
      return { ...state, ...NO_PAUSE, status: 'WATCHING', dueAt: event.data.dueAt };
    case 'WatchEnded':
      return { ...state, ...NO_PAUSE, ...NO_CONCERN, status: 'ENDED', dueAt: null };
    case 'SignOfLifeSeen':
      return { ...seen(state, event.data), dueAt: event.data.dueAt };
    case 'ConcernRaised':
      return { ...state, status: 'CONCERN', concernSince: event.data.since, escalations: 0, dueAt: null };
    case 'ConcernEscalated':
      return { ...state, escalations: event.data.step };
    case 'ConcernTakenBack':
      return { ...seen(state, event.data), ...NO_CONCERN, status: 'WATCHING', dueAt: event.data.dueAt };
    case 'ConcernClosed':
      return { ...state, ...NO_CONCERN, status: 'WATCHING', dueAt: event.data.dueAt };
    case 'ResidentPlaced':
      return { ...state, ...event.data };
    case 'DeviceAttached':
    case 'DeviceWasHeard':
      return { ...state, devices: { ...state.devices, [event.data.deviceId]: 'HEARD' } };
    case 'DeviceWentQuiet':
      return { ...state, devices: { ...state.devices, [event.data.deviceId]: 'QUIET' } };
    case 'DeviceDetached': {
      const { [event.data.deviceId]: _detached, ...devices } = state.devices;
      return { ...state, devices };
    }
    default:
      return state;
  }
}

const NO_CONCERN = { concernSince: null, escalations: 0 };
const NO_PAUSE = { pausedUntil: null };

/** What comes late changes nothing of what is known since. */
function seen(
  state: WatchState,
  { source, signAt }: { readonly source: SignOfLifeSource; readonly signAt: string },
): WatchState {
  if (state.lastSignOfLifeAt !== null && signAt <= state.lastSignOfLifeAt) return state;
  return { ...state, lastSignOfLifeAt: signAt, lastSource: source };
}
