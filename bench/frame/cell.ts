import type { Ground } from './ground.ts';

/** What one turn of a contender gave, by the name of the reading: events a second, milliseconds, or megabytes. */
export type Readings = Readonly<Record<string, number>>;

/** Somebody who does the work of a cell: the kernel, a limit, or a peer. */
export interface Contender {
  readonly name: string;
  /** One turn. @param share of a whole turn: 1, or less to warm up */
  measure(share: number): Promise<Readings>;
}

export type Goal =
  { readonly ratioAtLeast: number } | { readonly ratioAtMost: number } | { readonly atMost: number };

/** One row of the table, made of the readings of a cell's contenders. */
export interface Line {
  readonly name: string;
  readonly unit: 'events/s' | 'requests/s' | 'ms' | 'MB';
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
  /** How often each contender has its turn in a round, 1 unless told: many short turns stand noise better than a long one. */
  readonly turnsARound?: number;
  /** About how long it takes that all contenders had a turn, for the time left. */
  readonly secondsATurn: number;
  /** About how long `prepare` takes, where that is long. */
  readonly secondsBefore?: number;
  /** Brings up what the contenders need; `cleanup` takes how it goes away again. */
  prepare(ground: Ground, cleanup: AsyncDisposableStack): Promise<readonly Contender[]>;
}
