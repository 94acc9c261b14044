import { describe, expect, it } from '@jest/globals';
import { activityIn, remember, traceOf } from './activity.ts';
import type { Trace } from './activity.ts';
import type { DeviceKind, Values } from './device.events.ts';

const at = (minute: number): string => `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000Z`;

/** What is noticed of each reading in turn, a minute after the one before unless said otherwise. */
function noticed(kind: DeviceKind, ...readings: readonly (Values & { minute?: number })[]): unknown[] {
  let traces: readonly Trace[] = [];
  return readings.map(({ minute, ...values }, index) => {
    const when = at(minute ?? index);
    const source = activityIn(kind, when, values, traces);
    const trace = traceOf(when, values);
    if (trace) traces = remember(traces, trace);
    return source;
  });
}

describe('a door', () => {
  it('shows somebody when it opens or shuts, and not when it repeats how it stands', () => {
    const [shut, open] = [{ contact: true }, { contact: false }];
    expect(noticed('DOOR', shut, open, open, shut, shut)).toEqual([
      undefined,
      'DOOR',
      undefined,
      'DOOR',
      undefined,
    ]);
    expect(noticed('DOOR', open)).toEqual(['DOOR']);
  });

  it('is compared with the reading before it in time, in whichever order they come', () => {
    const readings = [{ contact: true }, { contact: true, minute: 9 }, { contact: false, minute: 5 }];
    expect(noticed('DOOR', ...readings)).toEqual([undefined, undefined, 'DOOR']);
    const repeated = [{ contact: false }, { contact: true, minute: 9 }, { contact: false, minute: 5 }];
    expect(noticed('DOOR', ...repeated)).toEqual(['DOOR', 'DOOR', undefined]);
  });

  it('shows nobody by what else it says', () => {
    const readings = [{ contact: true }, { battery: 3 }, { contact: 'open' }, { contact: true }];
    expect(noticed('DOOR', ...readings)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the other devices', () => {
  it.each(['occupancy', 'presence', 'vibration'])('show a movement by %s', (name) => {
    expect(noticed('MOTION', { [name]: false }, { [name]: true }, { [name]: true })).toEqual([
      undefined,
      'MOTION',
      'MOTION',
    ]);
  });

  it.each(['water_consumed', 'consumption', 'volume'])('show water by %s that grows', (name) => {
    expect(noticed('WATER_METER', { [name]: 5 }, { [name]: 5 }, { [name]: 5.1 }, { [name]: 0 })).toEqual([
      undefined,
      undefined,
      'WATER',
      undefined,
    ]);
  });

  it('show a passage through a gate by either counter, or its contact', () => {
    const counts = [{ in: 3, out: 1 }, { in: 3, out: 2 }, { in: 4 }, { out: 2 }, { contact: false }];
    expect(noticed('GATE', ...counts)).toEqual([undefined, 'GATE', 'GATE', undefined, 'GATE']);
  });

  it('show nobody where they are none of these', () => {
    expect(noticed('SMOKE_ALARM', { contact: false, occupancy: true })).toEqual([undefined]);
    expect(noticed('BUTTON', { action: 'single', contact: false })).toEqual([undefined]);
  });

  it('are remembered for some readings only', () => {
    const traces = Array.from({ length: 30 }, (_, minute) => ({ at: at(minute), contact: true }));
    const kept = traces.reduce<readonly Trace[]>(remember, []);
    expect(kept.map((trace) => trace.at)).toEqual(traces.slice(10).map((trace) => trace.at));
  });
});
