import { remember, traceOf } from './activity.ts';
import type { Trace } from './activity.ts';
import type { DeviceEvent, DeviceKind, DeviceLocation, Values } from './device.events.ts';

export interface DeviceState {
  readonly status: 'NONE' | 'IN_USE' | 'RETIRED';
  readonly kind: DeviceKind;
  readonly model: string | null;
  readonly location: DeviceLocation | null;
  readonly residentId: string | null;
  readonly silentAfterSeconds: number;
  /** Time of the newest reading, ISO 8601 UTC. */
  readonly lastSeenAt: string | null;
  readonly lastReading: Values | null;
  /** When it counts as silent unless it is heard before. */
  readonly silentAt: string;
  readonly isSilent: boolean;
  readonly smokes: boolean;
  readonly traces: readonly Trace[];
}

export const noDevice: DeviceState = {
  status: 'NONE',
  kind: 'OTHER',
  model: null,
  location: null,
  residentId: null,
  silentAfterSeconds: 0,
  lastSeenAt: null,
  lastReading: null,
  silentAt: '',
  isSilent: false,
  smokes: false,
  traces: [],
};

/** `at` is set on every event that is read from a log. */
export function evolveDevice(state: DeviceState, event: DeviceEvent): DeviceState {
  const at = event.at!;
  switch (event.type) {
    case 'DeviceRegistered': {
      const { tokenHash: _tokenHash, ...device } = event.data;
      return { ...noDevice, ...device, status: 'IN_USE' };
    }
    case 'DeviceRetired':
      return { ...state, status: 'RETIRED' };
    case 'ReadingReceived': {
      const { values, silentAt } = event.data;
      const trace = traceOf(at, values);
      const traces = trace ? remember(state.traces, trace) : state.traces;
      if (silentAt === null) return { ...state, traces };
      return { ...state, traces, silentAt, lastSeenAt: at, lastReading: values };
    }
    case 'SmokeDetected':
      return { ...state, smokes: true };
    case 'SmokeCleared':
      return { ...state, smokes: false };
    case 'DeviceFellSilent':
      return { ...state, isSilent: true };
    case 'DeviceIsBack':
      return { ...state, isSilent: false };
    default:
      return state;
  }
}
