import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { createKernelSchema, ReadModelProgress } from '../index.ts';

const LONG = 30_000;
const list = { name: 'ticket-list', version: 2 };
const count = { name: 'ticket-count', version: 1 };

describe('the progress of read models', () => {
  let database: TestDatabase;
  let progress: ReadModelProgress;
  let looks = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    await createKernelSchema(database.pool, 'tickets');
    database.pool.on('acquire', () => looks++);
  });
  beforeEach(async () => {
    await database.pool.query('delete from tickets.checkpoints');
    await stand(list, 0);
    await stand(count, 0);
    progress = new ReadModelProgress({ pool: database.pool, schema: 'tickets', projections: [list, count] });
  });
  afterAll(() => database.close());

  /** As the projector of another process leaves it. */
  const stand = ({ name, version }: { name: string; version: number }, position: number): Promise<unknown> =>
    database.pool.query(
      `insert into tickets.checkpoints (name, version, position) values ($1, $2, $3)
       on conflict (name) do update set version = $2, position = $3`,
      [name, version, position],
    );

  it('is told by projectors in this process', async () => {
    const reached = progress.reached(7n, LONG);
    progress.moved('ticket-list', 7n);
    progress.moved('ticket-count', 8n);
    await reached;
    await progress.reached(7n, LONG);
  });

  it('is looked up where they run in another one, when all of them are there', async () => {
    let isReached = false;
    const reached = progress.reached(7n, LONG).then(() => (isReached = true));
    await stand(list, 7);
    await pause(100);
    expect(isReached).toBe(false);
    await stand(count, 7);
    await reached;
  });

  it('is looked up once for all who wait, and not when nobody does', async () => {
    const waiting = Array.from({ length: 200 }, (_, index) => progress.reached(BigInt(index + 1), LONG));
    const before = looks;
    await stand(list, 200);
    await stand(count, 200);
    await Promise.all(waiting);
    expect(looks - before).toBeLessThan(100);
    const after = looks;
    await pause(100);
    expect(looks).toBe(after);
  });

  it('does not count rows of another version, such as those that are being replaced', async () => {
    await stand({ ...list, version: 1 }, 100);
    await stand(count, 100);
    await expect(progress.reached(7n, 100)).rejects.toThrow(
      'The read models did not reach position 7 within 100 ms',
    );
    await stand(list, 100);
    await progress.reached(7n, LONG);
  });

  it('waits for nothing where there are no read models', async () => {
    const none = new ReadModelProgress({ pool: database.pool, schema: 'tickets', projections: [] });
    await none.reached(7n, LONG);
  });
});
