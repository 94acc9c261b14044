import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { moveCheckpoint, readCheckpoint } from './checkpoint.ts';
import { inTransaction } from './transaction.ts';
import { createKernelSchema } from '../schema.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createKernelSchema(database.pool, 'tickets');
});
afterAll(() => database.close());

it('lets go of what it holds when its process is paused in the middle, so that another one moves on', async () => {
  const { pool } = database;
  await readCheckpoint(pool, 'tickets', 'ticket-list');
  let resume: () => void = () => undefined;
  const resumed = new Promise<void>((resolve) => (resume = resolve));
  let isPaused: () => void = () => undefined;
  const paused = new Promise<void>((resolve) => (isPaused = resolve));
  const first = inTransaction(pool, async (client) => {
    client.on('error', () => undefined);
    await moveCheckpoint(client, 'tickets', 'ticket-list', 0n, 5n);
    isPaused();
    await resumed;
    return true;
  });
  await paused;
  expect(await moveCheckpoint(pool, 'tickets', 'ticket-list', 0n, 7n)).toBe(true);
  resume();
  await expect(first).rejects.toThrow();
  expect(await readCheckpoint(pool, 'tickets', 'ticket-list')).toEqual({ version: 0, position: 7n });
});
