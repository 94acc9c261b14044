import type { Cell, Goal, Line, Readings } from './cell.ts';
import { summarize } from './statistics.ts';
import type { Summary } from './statistics.ts';

/** The readings of each contender by its name, one a round. */
export type Rounds = ReadonlyMap<string, readonly Readings[]>;

export interface Result {
  readonly line: Line;
  readonly ours: Summary;
  readonly limit: Summary;
  readonly peers: readonly { readonly name: string; readonly summary: Summary }[];
  /** Of the medians. */
  readonly ratio: number;
  /** Undefined where there is no goal. */
  readonly met: boolean | undefined;
}

/** For machines. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  /** `value` by `limit`. */
  readonly ratio: number;
  readonly goal?: string;
}

export const resultsOf = (cell: Cell, rounds: Rounds): Result[] =>
  cell.lines.map((line) => resultOf(line, rounds));

function resultOf(line: Line, rounds: Rounds): Result {
  const of = (contender: string): Summary =>
    summarize(rounds.get(contender)!.map((readings) => readings[line.reading]!));
  const [ours, limit] = [of(line.ours), of(line.limit)];
  const ratio = ours.median / limit.median;
  return {
    line,
    ours,
    limit,
    peers: (line.peers ?? []).map((name) => ({ name, summary: of(name) })),
    ratio,
    met: line.goal && isMet(line.goal, ours.median, ratio),
  };
}

export function isMet(goal: Goal, value: number, ratio: number): boolean {
  if ('ratioAtLeast' in goal) return ratio >= goal.ratioAtLeast;
  if ('ratioAtMost' in goal) return ratio <= goal.ratioAtMost;
  return value <= goal.atMost;
}

export function goalText({ goal, unit }: Line): string | undefined {
  if (!goal) return undefined;
  if ('ratioAtLeast' in goal) return `≥ ${goal.ratioAtLeast} ×`;
  if ('ratioAtMost' in goal) return `≤ ${goal.ratioAtMost} ×`;
  return `≤ ${goal.atMost} ${unit}`;
}

/** Ours, and then each peer against the same limit. */
export function figuresOf({ line, ours, limit, peers, ratio }: Result): Figure[] {
  const goal = goalText(line);
  const base = { unit: line.unit, limit: limit.median };
  return [
    { name: line.name, value: ours.median, ...base, ratio, ...(goal && { goal }) },
    ...peers.map(({ name, summary }) => ({
      name: `${line.name}: ${name}`,
      value: summary.median,
      ...base,
      ratio: summary.median / limit.median,
    })),
  ];
}
