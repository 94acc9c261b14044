import { intent } from '@weinao/events';
import type { Decider, Timer } from '@weinao/events';

export type AlarmEvent =
  | {
      readonly type: 'AlarmSet';
      readonly data: { readonly key: string; readonly turn: number; readonly due: string };
    }
  | { readonly type: 'AlarmCancelled'; readonly data: { readonly key: string } };

interface Ring {
  readonly type: 'Ring';
  readonly turn: number;
}

interface AlarmRang {
  readonly type: 'AlarmRang';
  readonly data: { readonly turn: number };
}

/** Looks at nothing, so that whatever fires twice, or though it was cancelled, is seen in the log. */
const ringDecider: Decider<null, Ring, AlarmRang> = {
  category: 'alarm',
  initial: null,
  decide: ({ turn }) => [{ type: 'AlarmRang', data: { turn } }],
  evolve: (state) => state,
};

/** `turn` counts how often the same key was set. */
export const alarm: Timer<AlarmEvent, number> = {
  name: 'alarm',
  version: 1,
  changes({ type, data }) {
    if (type === 'AlarmCancelled') return [{ cancel: { key: data.key } }];
    if (type === 'AlarmSet') return [{ set: { key: data.key, due: data.due, data: data.turn } }];
    return [];
  },
  fire: ({ key, data }) => [intent(ringDecider, key, { type: 'Ring', turn: data })],
};
