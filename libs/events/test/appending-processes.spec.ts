import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seenWhile } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { verifyChain } from '../index.ts';
import type { Recorded } from '../index.ts';

const PROCESSES = 3;
const APPENDS = 40;
const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('several processes that append to one log', () => {
  let logs: PostgresLogs;

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  afterAll(() => logs.close());

  /** @returns the positions that each of its writers was answered */
  async function appending(schema: string, name: string): Promise<string[][]> {
    const file = 'libs/events/test/appending.process.ts';
    const args = ['--import', './tools/typescript.mjs', file, schema, name, String(APPENDS)];
    const env = { ...process.env, DATABASE_URL: logs.database.url };
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
    return JSON.parse(stdout) as string[][];
  }

  it('leave no gap, keep together what came together, and show every reader the order of the commits', async () => {
    const { log, schema, close } = await logs.open();
    const processes = Promise.all(
      Array.from({ length: PROCESSES }, (_, n) => appending(schema, `process-${n}`)),
    );
    const seen = await seenWhile(log, processes, 100);
    const answered = (await processes).flat();

    const events = PROCESSES * 8 * APPENDS * 2;
    expect(seen.map(({ position }) => position)).toEqual(
      Array.from({ length: events }, (_, n) => BigInt(n + 1)),
    );
    expect(await log.read({ after: 0n, limit: events })).toEqual(seen);
    const positions = answered.flat().map(BigInt);
    expect(positions.sort((a, b) => Number(a - b))).toEqual(seen.map(({ position }) => position));
    for (const writer of answered) expect(writer).toEqual([...writer].sort((a, b) => Number(a) - Number(b)));
    for (let n = 0; n < events; n += 2) expect(dataOf(seen[n])).toEqual(dataOf(seen[n + 1]));
    expect(await verifyChain(logs.database.pool, schema)).toMatchObject({
      head: { position: BigInt(events) },
      findings: [],
    });
    await close();
  });
});

const dataOf = (event: Recorded | undefined): object | undefined => event?.data;
