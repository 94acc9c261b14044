import { reject } from '../index.ts';
import type { Decider } from '../index.ts';

export type MeterCommand = { readonly type: 'ReadMeter'; readonly values: readonly number[] };
export type MeterEvent = { readonly type: 'MeterRead'; readonly data: { readonly value: number } };

export interface MeterState {
  readonly readings: number;
  readonly last: number | null;
  /** Tells whether any reading was lost, repeated or read out of turn. */
  readonly trace: number;
}

/** A water meter that tells its value all day long: a stream that grows without end. */
export const meterDecider: Decider<MeterState, MeterCommand, MeterEvent> = {
  category: 'meter',
  initial: { readings: 0, last: null, trace: 17 },
  snapshots: { version: 2 },

  decide({ values }, { last }) {
    if (values.some((value) => value < 0))
      reject('METER_BELOW_ZERO', `A meter never shows that, least of all after ${last}.`, { last });
    return values.map((value) => ({ type: 'MeterRead', data: { value } }));
  },

  evolve(state, event) {
    if (event.type !== 'MeterRead') return state;
    const { value } = event.data;
    return { readings: state.readings + 1, last: value, trace: (state.trace * 31 + value) % 1_000_003 };
  },
};
