import { expect, it } from '@jest/globals';
import { createTestDatabase, Inbox } from '@weinao/testing';
import pg from 'pg';
import { openTicketsIn } from './tickets/ticket-list.database.ts';
import { createKernelSchema, PostgresEventLog, Projector } from '../index.ts';

it('lets more projections begin at once than the pool has connections', async () => {
  const database = await createTestDatabase();
  await createKernelSchema(database.pool, 'tickets');
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  const log = new PostgresEventLog(pool, 'tickets');
  const head = await openTicketsIn(log, 3);
  const reports = new Inbox<string>();
  const projectors = ['by-building', 'by-kind', 'by-worker', 'by-day'].map(
    (name) =>
      new Projector({
        pool,
        schema: 'tickets',
        log,
        projection: { name, version: 1, tables: [], touches: () => [], fold: () => undefined },
        report: reports.take,
      }),
  );

  for (const projector of projectors) projector.start();
  await Promise.all(projectors.map((projector) => projector.reached(head, 20_000)));

  expect(reports.items).toEqual([]);
  await Promise.all(projectors.map((projector) => projector.stop()));
  await log.close();
  await pool.end();
  await database.close();
});
