import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createKernelSchema } from '@weinao/events';
import type { EventLog } from '@weinao/events';
import { appendRequest, createTestDatabase, startKurrentDouble } from '@weinao/testing';
import type { KurrentDouble, TestDatabase } from '@weinao/testing';
import type { PluginDatabase } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import type { Plugin } from '../plugin.ts';

const plugin = { manifest: { id: 'wishes' } } as Plugin;
const NOBODY = 'kurrentdb://127.0.0.1:1?tls=false';

describe('the log of a plugin', () => {
  let database: TestDatabase;
  let kurrent: KurrentDouble;
  const logs: EventLog[] = [];

  beforeAll(async () => {
    kurrent = await startKurrentDouble();
  });
  beforeEach(async () => {
    database = await createTestDatabase();
    await createKernelSchema(database.pool, 'wishes');
  });
  afterEach(async () => {
    for (const log of logs.splice(0)) await log.close();
    await database.close();
  });
  afterAll(() => kurrent.stop());

  async function open(kurrentUrl?: string): Promise<EventLog> {
    const log = await openLog(plugin, { pool: database.pool } as PluginDatabase, kurrentUrl);
    logs.push(log);
    return log;
  }

  const storedInDatabase = async (): Promise<number | null> =>
    (await database.pool.query('select from wishes.events')).rowCount;

  const publishedUpTo = (position: bigint): Promise<unknown> =>
    database.pool.query(`insert into wishes.checkpoints values ('publication', 0, $1)`, [position]);

  it.each([undefined, ''])('is in its database where no connection string names another: %p', async (url) => {
    await (await open(url)).append(appendRequest());
    expect(await storedInDatabase()).toBe(1);
    expect(await (await open(url)).head()).toBe(1n);
  });

  it('is in KurrentDB where one does, and is found there again', async () => {
    const [event] = await (await open(kurrent.url)).append(appendRequest());
    expect(await storedInDatabase()).toBe(0);
    await publishedUpTo(event!.position);
    expect(await (await open(kurrent.url)).readStream(event!.stream)).toEqual([event]);
  });

  it('is not looked for in KurrentDB when it is in the database', async () => {
    await (await open()).append(appendRequest());
    await expect(open(kurrent.url)).rejects.toThrow('The events of wishes are in its database');
  });

  it('is not taken for the one that the database was made from, when it ends before that', async () => {
    await publishedUpTo(4_000_000_000n);
    await expect(open()).rejects.toThrow('Is KURRENTDB_URL missing?');
    await expect(open(kurrent.url)).rejects.toThrow('Does KURRENTDB_URL name the right server?');
  });

  it('says in a sentence what is wrong with KURRENTDB_URL, without the password in it', async () => {
    await expect(open(NOBODY)).rejects.toThrow(/^KurrentDB does not answer at KURRENTDB_URL: \w+$/);
    await expect(open('http://admin:secret@127.0.0.1')).rejects.toThrow(
      /^KURRENTDB_URL is not a connection string of KurrentDB, such as \S+$/,
    );
  });
});
