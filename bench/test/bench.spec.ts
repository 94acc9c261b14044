import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabaseServer, testNatsUrl } from '@weinao/testing';
import { madeUpCell } from './made-up.cell.ts';
import { appendCells } from '../cells/append.cell.ts';
import { deliveryCells } from '../cells/delivery.cell.ts';
import { bench } from '../frame/bench.ts';
import type { Cell } from '../frame/cell.ts';
import { Ground } from '../frame/ground.ts';
import { runCells } from '../frame/run-cells.ts';

describe('the bench', () => {
  let directory: string;
  let printed: string;
  let said: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'weinao-bench-spec-'));
    printed = said = '';
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const run = (cells: readonly Cell[], args: readonly string[], signal = new AbortController().signal) =>
    bench(cells, [{ name: 'crashes', goal: '0 lost', note: 'proved elsewhere' }], args, {
      signal,
      startServers: async () => ({
        databaseUrl: testDatabaseServer(),
        natsUrl: testNatsUrl(),
        description: 'the servers of the tests',
      }),
      print: (text) => void (printed += `${text}\n`),
      say: (text) => void (said += `${text}\n`),
    });

  it('measures, prints the table, tells of its progress and writes the figures', async () => {
    const file = join(directory, 'figures.json');
    expect(await run([madeUpCell({ goal: { ratioAtLeast: 1.3 } })], ['--rounds', '3', '--json', file])).toBe(
      0,
    );
    expect(printed).toMatch(/the servers of the tests; medians of 3 rounds\n/);
    expect(printed).toMatch(
      /\| append, made up +\| events\/s .*\| 1\.30 × +\| ≥ 1\.3 × +\| met .*peer 50\.0/,
    );
    expect(printed).toMatch(/\| crashes .* proved elsewhere/);
    expect(printed).toContain('1 of 1 goals met.');
    expect(said).toMatch(/append · warming up · kernel · less than a minute left\n/);
    expect(said).toMatch(/append · round 3 of 3 · raw · /);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([
      { name: 'append, made up', value: 1_300, unit: 'events/s', limit: 1_000, ratio: 1.3, goal: '≥ 1.3 ×' },
      { name: 'append, made up: peer', value: 50, unit: 'events/s', limit: 1_000, ratio: 0.05 },
    ]);
  });

  it('reports a goal that was missed, and does not fail for it', async () => {
    expect(await run([madeUpCell({ goal: { ratioAtLeast: 1.4 } })], ['--rounds', '1'])).toBe(0);
    expect(printed).toContain('0 of 1 goals met; missed: append, made up.');
  });

  it('says that a quick run is not for the record', async () => {
    expect(await run([madeUpCell()], ['--quick'])).toBe(0);
    expect(printed).toContain('of 0.1 of the size: to try things out, not for the record');
  });

  it('fails when a cell fails, wherever it does, and still measures the others', async () => {
    const planted = async (): Promise<never> => {
      throw new Error('planted');
    };
    const failing = {
      ...madeUpCell({ kernel: { name: 'kernel', measure: planted } }),
      name: 'one that fails in its turn',
    };
    const unready = { ...madeUpCell(), name: 'one that is not made ready', prepare: planted };
    expect(await run([failing, unready, madeUpCell()], ['--rounds', '1'])).toBe(1);
    expect(said).toMatch(/The cell "one that fails in its turn" failed: Error: planted/);
    expect(said).toMatch(/The cell "one that is not made ready" failed: Error: planted/);
    expect(printed.match(/append, made up/g)).toHaveLength(1);
  });

  it('fails when a reading is no figure', async () => {
    const kernel = { name: 'kernel', measure: async () => ({ rate: 0 / 0 }) };
    expect(await run([madeUpCell({ kernel })], ['--rounds', '1'])).toBe(1);
    expect(said).toContain('kernel has no rate: NaN');
  });

  it('takes down what a cell brought up, in any case', async () => {
    const down: string[] = [];
    const bringing = (name: string, cell: Cell): Cell => ({
      ...cell,
      prepare(ground, cleanup) {
        cleanup.defer(() => void down.push(name));
        return cell.prepare(ground, cleanup);
      },
    });
    const failing = { ...madeUpCell(), prepare: () => Promise.reject(new Error('planted')) };
    await run([bringing('failing', failing), bringing('good', madeUpCell())], ['--rounds', '1']);
    expect(down).toEqual(['failing', 'good']);
  });

  it('ends at once when it is interrupted', async () => {
    const interruption = new AbortController();
    const kernel = {
      name: 'kernel',
      measure: () => {
        interruption.abort();
        return new Promise<never>(() => undefined);
      },
    };
    expect(await run([madeUpCell({ kernel })], [], interruption.signal)).toBe(130);
  });

  it.each([
    [['--only', 'nothing of ours'], 'No cell matches'],
    [['--rounds', '0'], '--rounds'],
  ])('refuses %j in a sentence', async (args, complaint) => {
    expect(await run([madeUpCell()], args)).toBe(1);
    expect(said).toContain(complaint);
    expect(said.trim().split('\n')).toHaveLength(1);
  });

  it('names its cells and its options', async () => {
    expect(await run([madeUpCell()], ['--list'])).toBe(0);
    expect(printed).toBe('append\n');
    expect(await run([madeUpCell()], ['--help'])).toBe(0);
    for (const option of ['--only', '--rounds', '--json', '--record', '--quick'])
      expect(printed).toContain(option);
  });
});

describe('the cells', () => {
  it('run for real: appends and delivery, each beside its limit and its peers', async () => {
    const cells = [...appendCells, deliveryCells[0]!];
    const ground = new Ground(testDatabaseServer(), testNatsUrl(), 0.05);
    const options = { rounds: 1, signal: new AbortController().signal, say: () => undefined };
    const { results, failures } = await runCells(cells, ground, options);
    expect(failures).toEqual([]);
    expect(results.map(({ line }) => line.name)).toEqual(
      cells.flatMap(({ lines }) => lines.map(({ name }) => name)),
    );
    for (const { line, ours, limit, peers } of results) {
      // an event may reach the subscriber before the appender has its answer: that time is below 0
      const least = line.unit === 'ms' ? -1_000 : 0;
      for (const { median } of [ours, limit, ...peers.map(({ summary }) => summary)])
        expect(median).toBeGreaterThan(least);
    }
  });
});
