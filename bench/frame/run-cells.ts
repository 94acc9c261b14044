import type { Cell, Contender, Readings } from './cell.ts';
import type { Ground } from './ground.ts';
import { Progress, turnsOf } from './progress.ts';
import { resultsOf } from './results.ts';
import type { Result } from './results.ts';
import { turned } from './statistics.ts';

export interface RunOptions {
  readonly rounds: number;
  /** A progress line for people. */
  say(line: string): void;
  /** Once aborted, no further turn begins. */
  readonly signal: AbortSignal;
}

export interface Failure {
  readonly cell: string;
  readonly error: unknown;
}

export interface RunOutcome {
  readonly results: readonly Result[];
  readonly failures: readonly Failure[];
}

const WARM_UP = 0.2;

/** All cells, one after the other; one that fails is reported and leaves the others their turn. */
export async function runCells(
  cells: readonly Cell[],
  ground: Ground,
  options: RunOptions,
): Promise<RunOutcome> {
  const progress = new Progress(cells, options.rounds, options.say);
  const results: Result[] = [];
  const failures: Failure[] = [];
  for (const cell of cells) {
    if (options.signal.aborted) break;
    try {
      results.push(...(await runCell(cell, ground, options, progress)));
    } catch (error) {
      failures.push({ cell: cell.name, error });
    }
  }
  return { results, failures };
}

async function runCell(
  cell: Cell,
  ground: Ground,
  { rounds, signal }: RunOptions,
  progress: Progress,
): Promise<Result[]> {
  const cleanup = new AsyncDisposableStack();
  try {
    progress.preparing(cell);
    const contenders = await cell.prepare(ground, cleanup);
    progress.prepared(cell);
    const readings = new Map(contenders.map(({ name }) => [name, [] as Readings[]]));
    for (let turn = 0; turn <= turnsOf(cell, rounds); turn++) {
      for (const contender of turned(contenders, turn)) {
        signal.throwIfAborted();
        progress.turn(cell, turn, contender.name);
        await ground.settle();
        const reading = await measured(contender, turn === 0 ? WARM_UP : 1);
        if (turn > 0) readings.get(contender.name)!.push(reading);
      }
      progress.turnDone(cell);
    }
    return resultsOf(cell, readings);
  } finally {
    await cleanup.disposeAsync();
  }
}

/** @throws Error when a reading is no figure: nothing may pass for measured that was not. */
async function measured(contender: Contender, share: number): Promise<Readings> {
  const readings = await contender.measure(share);
  for (const [name, value] of Object.entries(readings)) {
    if (!Number.isFinite(value)) throw new Error(`${contender.name} has no ${name}: ${value}`);
  }
  return readings;
}
