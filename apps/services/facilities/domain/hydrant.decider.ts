import { rejectInput } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { HydrantEvent } from './facility.events.ts';
import type { HydrantRules } from './hydrant.rules.ts';

export type HydrantCommand =
  /** Somebody looked, now where `at` is null. */
  | {
      readonly type: 'ReportWater';
      readonly hasWater: boolean;
      readonly pressureKPa: number | null;
      readonly at: string | null;
    }
  /** A gauge says so. */
  | { readonly type: 'SensePressure'; readonly pressureKPa: number; readonly at: string };

export interface HydrantState {
  /** What was read last by the time of the reading, not by its coming; null before. */
  readonly water: {
    readonly hasWater: boolean;
    readonly pressureKPa: number | null;
    readonly readAt: string;
  } | null;
}

export const hydrantDecider: Decider<HydrantState, HydrantCommand, HydrantEvent, HydrantRules> = {
  category: 'hydrant',
  initial: { water: null },
  snapshots: { version: 1 },

  decide(command, _state, { now, settings }) {
    const { pressureKPa, at } = command;
    if (command.type === 'ReportWater') {
      if (at !== null && at > now) rejectInput('at', 'notInTheFuture', 'at must not lie in the future');
      return [waterRead(command.hasWater, pressureKPa, at ?? now)];
    }
    return [waterRead(command.pressureKPa >= settings.leastPressureKPa, pressureKPa, command.at)];
  },

  evolve(state, event) {
    if (event.type !== 'HydrantWaterRead') return state;
    const readAt = event.at!;
    return state.water && state.water.readAt > readAt ? state : { water: { ...event.data, readAt } };
  },
};

const waterRead = (hasWater: boolean, pressureKPa: number | null, at: string): HydrantEvent => ({
  type: 'HydrantWaterRead',
  data: { hasWater, pressureKPa },
  at,
});
