export const timersInvariants = {
  fired: 'each timer that was neither cancelled nor set anew has fired in the end',
  once: 'none has fired twice',
  early: 'none fired while the database’s clock, which its event tells, showed less than its due',
  cancelled: 'none fired once the log’s word that it is cancelled, or set anew, had been kept for 2 s',
} as const;

export type TimersInvariant = keyof typeof timersInvariants;
