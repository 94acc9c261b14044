import type { Ground } from './ground.ts';

/** What one turn of a contender gave, by the name of the reading: events a second, or milliseconds. */
export type Readings = Readonly<Record<string, number>>;

/** Somebody who does the work of a cell: the kernel, a limit, or a peer. */
export interface Contender {
  readonly name: string;
  /** One turn. @param share of the full size: 1 in a round for the record, less to warm up or to try */
  measure(share: number): Promise<Readings>;
}

export type Goal =
  { readonly ratioAtLeast: number } | { readonly ratioAtMost: number } | { readonly atMost: number };

/** One row of the table, made of the readings of a cell's contenders. */
export interface Line {
  readonly name: string;
  readonly unit: 'events/s' | 'mutations/s' | 'ms';
  readonly reading: string;
  /** Names of contenders. */
  readonly ours: string;
  readonly limit: string;
  readonly peers?: readonly string[];
  readonly goal?: Goal;
}

/** Contenders that are measured side by side, in one place and in turned order. */
export interface Cell {
  readonly name: string;
  readonly lines: readonly Line[];
  /** About how long a round of all contenders takes, for the time left. */
  readonly secondsARound: number;
  /** Brings up what the contenders need; `cleanup` takes how it goes away again. */
  prepare(ground: Ground, cleanup: AsyncDisposableStack): Promise<readonly Contender[]>;
}
