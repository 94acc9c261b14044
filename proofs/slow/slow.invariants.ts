export const slowInvariants = {
  memory: 'while one stands and while it catches up, its process needs at most 24 MB more than before',
  catchup: 'a projection or consumer that stood catches up at 3 times the intake or faster',
  others: 'those beside it stay within 2 s of the head, and appending keeps 70 % of its rate',
  complete: 'in the end each has had every event, once and in order',
} as const;

export type SlowInvariant = keyof typeof slowInvariants;

export const MOST_GROWTH_MB = 24;
export const LEAST_CATCH_UP = 3;
export const MOST_BEHIND_S = 2;
export const LEAST_INTAKE = 0.7;
