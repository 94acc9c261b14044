import type { ActivitySource, DeviceKind, Values } from './device.events.ts';

/** What readings tell of people only beside the reading before, by Zigbee2MQTT's names. */
export interface Trace {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Whether a door is shut. */
  readonly contact?: boolean;
  /** Passages so far. */
  readonly in?: number;
  readonly out?: number;
  /** Water so far, in whichever unit. */
  readonly water?: number;
}

/** So many are remembered, that a reading which comes late is compared with the one before it in time. */
const MOST_TRACES = 20;
const WATER_NAMES = ['water_consumed', 'consumption', 'volume'];
const MOVEMENT_NAMES = ['occupancy', 'presence', 'vibration'];

/** Undefined for a reading that tells nothing beside another. */
export function traceOf(at: string, values: Values): Trace | undefined {
  const water = WATER_NAMES.map((name) => values[name]).find(isNumber);
  const trace = {
    ...(typeof values.contact === 'boolean' && { contact: values.contact }),
    ...(isNumber(values.in) && { in: values.in }),
    ...(isNumber(values.out) && { out: values.out }),
    ...(water !== undefined && { water }),
  };
  return Object.keys(trace).length === 0 ? undefined : { at, ...trace };
}

/** In the order of time; the oldest are forgotten. */
export function remember(traces: readonly Trace[], trace: Trace): Trace[] {
  const later = traces.findIndex(({ at }) => at > trace.at);
  return traces.toSpliced(later < 0 ? traces.length : later, 0, trace).slice(-MOST_TRACES);
}

/** Whether a reading of that time shows somebody who is up and about, beside what is remembered. */
export function activityIn(
  kind: DeviceKind,
  at: string,
  values: Values,
  traces: readonly Trace[],
): ActivitySource | undefined {
  if (kind === 'MOTION') return MOVEMENT_NAMES.some((name) => values[name] === true) ? 'MOTION' : undefined;
  const trace = traceOf(at, values);
  if (!trace) return undefined;
  const earlier = traces.filter((one) => one.at <= at);
  if (kind === 'DOOR') return hasMoved(trace, earlier) ? 'DOOR' : undefined;
  if (kind === 'WATER_METER') return hasGrown('water', trace, earlier) ? 'WATER' : undefined;
  const isPassage =
    hasGrown('in', trace, earlier) || hasGrown('out', trace, earlier) || hasMoved(trace, earlier);
  return kind === 'GATE' && isPassage ? 'GATE' : undefined;
}

/** A door that repeats how it stands says nothing; of one that nothing is known of, only that it is open. */
function hasMoved({ contact }: Trace, earlier: readonly Trace[]): boolean {
  const before = earlier.findLast((one) => one.contact !== undefined)?.contact ?? true;
  return contact !== undefined && contact !== before;
}

function hasGrown(counter: 'in' | 'out' | 'water', trace: Trace, earlier: readonly Trace[]): boolean {
  const before = earlier.findLast((one) => one[counter] !== undefined)?.[counter];
  const count = trace[counter];
  return before !== undefined && count !== undefined && count > before;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
