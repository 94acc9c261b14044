/** A place in the chain: whoever noted it elsewhere can tell later whether everything up to there is what it was. */
export interface ChainPoint {
  readonly position: bigint;
  /** In hexadecimal. */
  readonly link: string;
}

/** What was done to a log. Positions are those at which the events stand now. */
export type Tampering =
  /** Not what was appended; where its own link was made to fit, it is the event before that was altered. */
  | { readonly kind: 'altered'; readonly position: bigint }
  | { readonly kind: 'swapped'; readonly position: bigint; readonly with: bigint }
  /** So many events stood here, whether those after them were renumbered or not. */
  | { readonly kind: 'missing'; readonly position: bigint; readonly events: bigint }
  /** So many events from here on were not appended. */
  | { readonly kind: 'inserted'; readonly position: bigint; readonly events: bigint }
  /** The last event is not the one that the head names: the tail was cut off, or the head altered. */
  | { readonly kind: 'head'; readonly position: bigint; readonly named: bigint }
  /** The chain is whole, but it is not the one that was noted: it was made anew. */
  | { readonly kind: 'recomputed'; readonly position: bigint };
