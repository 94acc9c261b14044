import type { ErrandEvent } from './errand.events.ts';

const HUGE = 300_000;

/** What a faulty decider might return, by name. Each breaks its own command, and must break nothing else. */
const SPOILED: Readonly<Record<string, () => readonly { type: string; data: object; at?: string }[]>> = {
  cyclic: () => {
    const data: { self?: object } = {};
    data.self = data;
    return [{ type: 'ErrandNoted', data }];
  },
  bigint: () => noted(1n),
  nul: () => noted('before\0after'),
  surrogate: () => noted('half a pair: \ud83d'),
  huge: () => noted('x'.repeat(HUGE)),
  instant: () => [{ ...noted('when?')[0]!, at: 'yesterday' }],
  'second of two': () => [...noted('good'), ...noted('bad\0')],
  // past what the kernel looks at by itself: PostgreSQL refuses the whole statement
  name: () => [{ type: 'Errand\0Noted', data: {} }],
  throwing: () => {
    throw new TypeError('a decider with a fault');
  },
};

const noted = (text: unknown): { type: string; data: object }[] => [
  { type: 'ErrandNoted', data: { text, part: 0 } },
];

export const WAYS_TO_SPOIL = Object.keys(SPOILED);

export const spoiled = (how: string): readonly ErrandEvent[] =>
  SPOILED[how]!() as unknown as readonly ErrandEvent[];
