import { writeFile } from 'node:fs/promises';
import { parseBenchArguments, USAGE, WrongArguments } from './arguments.ts';
import type { BenchArguments } from './arguments.ts';
import type { Cell } from './cell.ts';
import { Ground } from './ground.ts';
import { machine } from './machine.ts';
import { record } from './record.ts';
import { figuresOf } from './results.ts';
import { runCells } from './run-cells.ts';
import { startBenchServers } from './servers.ts';
import { renderSummary, renderTable } from './table.ts';
import type { OtherRow } from './table.ts';

const INTERRUPTED = 130;

/** The whole command. @param others rows that are named but not measured. @returns the exit code */
export async function bench(
  cells: readonly Cell[],
  others: readonly OtherRow[],
  args: readonly string[],
): Promise<number> {
  const cleanup = new AsyncDisposableStack();
  try {
    const chosen = parseBenchArguments(args);
    if (chosen.help) return said(USAGE);
    if (chosen.list) return said(cells.map(({ name }) => name).join('\n'));
    const wanted = cells.filter(({ name }) => chosen.only.test(name));
    if (wanted.length === 0)
      throw new WrongArguments(`No cell matches ${String(chosen.only)}; --list names them.`);
    const signal = interruption();
    const run = measure(wanted, others, chosen, signal, cleanup);
    return await Promise.race([run, interrupted(signal)]);
  } catch (error) {
    console.error(error instanceof WrongArguments ? error.message : error);
    return 1;
  } finally {
    await cleanup.disposeAsync();
  }
}

async function measure(
  cells: readonly Cell[],
  others: readonly OtherRow[],
  { rounds, share, json, record: toRecord }: BenchArguments,
  signal: AbortSignal,
  cleanup: AsyncDisposableStack,
): Promise<number> {
  const servers = await startBenchServers(cleanup, signal);
  const ground = new Ground(servers.databaseUrl, servers.natsUrl, share);
  const say = (line: string): void => console.error(line);
  const { results, failures } = await runCells(cells, ground, { rounds, signal, say });

  const size = share === 1 ? '' : ` of ${share} of the size: to try things out, not for the record`;
  const facts = `${machine()}; ${servers.description}; medians of ${rounds} rounds${size}`;
  const table = renderTable(results, others);
  console.log(`${facts}\n\n${table}\n\n${renderSummary(results)}`);
  for (const { cell, error } of failures) console.error(`The cell "${cell}" failed:`, error);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(results.flatMap(figuresOf), null, 2)}\n`);
  if (failures.length > 0) return 1;
  if (toRecord) await record({ facts, table, summary: renderSummary(results) });
  return 0;
}

function said(text: string): number {
  console.log(text);
  return 0;
}

/** Aborts when somebody wants the run to end, or when the process that started it is gone. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => controller.abort());
  process.on('disconnect', () => controller.abort());
  process.channel?.unref();
  return controller.signal;
}

/** Does not wait for the turn under way: the servers are taken from under it. */
const interrupted = (signal: AbortSignal): Promise<number> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(INTERRUPTED), { once: true }));
