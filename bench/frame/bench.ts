import { writeFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { parseBenchArguments, USAGE, WrongArguments } from './arguments.ts';
import type { BenchArguments } from './arguments.ts';
import type { Cell } from './cell.ts';
import { Ground } from './ground.ts';
import { machine } from './machine.ts';
import { record } from './record.ts';
import { figuresOf } from './results.ts';
import { runCells } from './run-cells.ts';
import type { BenchServers } from './servers.ts';
import { renderSummary, renderTable } from './table.ts';
import type { OtherRow } from './table.ts';

const INTERRUPTED = 130;

export interface BenchEnvironment {
  /** Once aborted, the run ends as soon as its servers are gone. */
  readonly signal: AbortSignal;
  startServers(cleanup: AsyncDisposableStack, signal: AbortSignal): Promise<BenchServers>;
  /** The result, for people. */
  print(text: string): void;
  /** Progress and complaints. */
  say(text: string): void;
}

/** The whole command. @param others rows that are named but not measured. @returns the exit code */
export async function bench(
  cells: readonly Cell[],
  others: readonly OtherRow[],
  args: readonly string[],
  environment: BenchEnvironment,
): Promise<number> {
  const { signal, print, say } = environment;
  const cleanup = new AsyncDisposableStack();
  try {
    const chosen = parseBenchArguments(args);
    if (chosen.help || chosen.list) {
      print(chosen.help ? USAGE : cells.map(({ name }) => name).join('\n'));
      return 0;
    }
    const matching = <Named extends { name: string }>(named: readonly Named[]): Named[] =>
      named.filter(({ name }) => chosen.only.test(name));
    if (matching(cells).length === 0)
      throw new WrongArguments(`No cell matches ${String(chosen.only)}; --list names them.`);
    const run = measure(matching(cells), matching(others), chosen, environment, cleanup);
    return await Promise.race([run, interrupted(signal)]);
  } catch (error) {
    say(error instanceof WrongArguments ? error.message : inspect(error));
    return 1;
  } finally {
    await cleanup.disposeAsync();
  }
}

async function measure(
  cells: readonly Cell[],
  others: readonly OtherRow[],
  { rounds, share, json, record: toRecord }: BenchArguments,
  { signal, startServers, print, say }: BenchEnvironment,
  cleanup: AsyncDisposableStack,
): Promise<number> {
  const servers = await startServers(cleanup, signal);
  const ground = new Ground(servers.databaseUrl, servers.natsUrl, share);
  const { results, failures } = await runCells(cells, ground, { rounds, signal, say });
  if (signal.aborted) return INTERRUPTED; // what failed then, failed for want of servers

  const size = share === 1 ? '' : ` of ${share} of the size: to try things out, not for the record`;
  const facts = `${machine()}; ${servers.description}; medians of ${rounds} rounds${size}`;
  const [table, summary] = [renderTable(results, others), renderSummary(results)];
  print(`${facts}\n\n${table}\n\n${summary}`);
  for (const { cell, error } of failures) say(`The cell "${cell}" failed: ${inspect(error)}`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(results.flatMap(figuresOf), null, 2)}\n`);
  if (failures.length > 0) return 1;
  if (toRecord) await record({ facts, table, summary });
  return 0;
}

/** Does not wait for the turn under way: the servers are taken from under it. */
const interrupted = (signal: AbortSignal): Promise<number> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(INTERRUPTED), { once: true }));
