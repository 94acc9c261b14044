export const orderInvariants = {
  acknowledged: 'an acknowledged append stands in the log, where its answer said',
  once: 'however often a command is tried, and whatever was answered, it is stored once at most',
  refused: 'of an append that was refused or rolled back nothing is stored',
  whole: 'the events of one append stand together, all of them',
  conflicts: 'what was decided on an old revision is not stored',
  gapless: 'positions have no gaps, and the head stands at the last',
  revisions: 'each stream has its revisions from 0, in the order of the log',
  readers: 'a reader sees exactly the log, in its order',
} as const;

export type OrderInvariant = keyof typeof orderInvariants;
