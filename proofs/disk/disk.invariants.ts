export const diskInvariants = {
  refusal: 'while the disk is full, a change is refused with a code that invites to repeat',
  survival: 'no process of ours ends',
  stored: 'what was answered stands in the log once and whole; what was not, so or not at all',
  resumption: 'as soon as there is space, changes are answered again',
  projections: 'each projection comes to the head by itself, and equals its rebuild',
  broker: 'after a broker’s disk was full, changes are answered again, and a consumer has all events',
} as const;

export type DiskInvariant = keyof typeof diskInvariants;
