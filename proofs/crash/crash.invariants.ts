export const crashInvariants = {
  acknowledged: 'what was answered stands in the log, once and whole',
  unknown: 'what was not answered stands in the log once and whole, or not at all; and nothing else is there',
  answers: 'a repeated request gets the first answer again',
  outages: 'while something is away, the answer says so with a code that invites to repeat',
  survival: 'no process ends that nobody killed',
  gapless: 'positions have no gaps, and the head stands at the last',
  chain: 'the hash chain of each log is whole',
  reactions: 'a reaction has its effect once for each event that it follows',
  timers: 'each timer fires once',
  projections: 'each projection comes to the head by itself, and equals its rebuild',
  consumers: 'a consumer of the bus gets each event once and in order, also when it is killed',
} as const;

export type CrashInvariant = keyof typeof crashInvariants;
