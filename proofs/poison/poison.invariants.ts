export const poisonInvariants = {
  own: 'a bad request or a bad event fails its own command, with the code that it deserves',
  others: 'no good request beside it fails',
  same: 'what is stored and projected is what a run without them leaves',
  parked: 'an event that cannot be projected parks its own stream from there on, and no other',
  retried: 'once the fault is mended and what is parked is tried again, all is as its rebuild',
  survival: 'no process of ours ends',
} as const;

export type PoisonInvariant = keyof typeof poisonInvariants;
