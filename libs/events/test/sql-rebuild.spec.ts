import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  appendRequest,
  createTestDatabase,
  describeSqlRebuild,
  expectSqlLikeFold,
  factOf,
} from '@weinao/testing';
import type { Happening, SqlRebuildStory, TestDatabase } from '@weinao/testing';
import { TicketListDatabase } from './tickets/ticket-list.database.ts';
import { ticketListProjection, TicketRow } from './tickets/ticket-list.projection.ts';
import type { TicketEvent } from './tickets/ticket.decider.ts';
import { createKernelSchema, PostgresEventLog, Projector, withUpcasters } from '../index.ts';
import type { Projection } from '../index.ts';

const story: SqlRebuildStory<TicketEvent> = {
  projection: ticketListProjection,
  createTables: (pool, schema) => new TicketListDatabase(pool, schema).create(),
  happening(chance): Happening<TicketEvent> {
    const communityId = chance.pick(['sunshine', 'riverside']);
    return {
      communityId,
      stream: `ticket/${communityId}/${chance.below(12)}`,
      event: chance.pick<TicketEvent>([
        { type: 'TicketOpened', data: { title: `楼道灯坏了 "${chance.below(100)}" \\ {}` } },
        { type: 'TicketResolved', data: { resolution: 'new lamp', by: `worker-${chance.below(9)}` } },
      ]),
    };
  },
};

describeSqlRebuild(story);

describe('a projection said in SQL', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  it('is caught when it says something else than the fold', async () => {
    const projection: Projection<TicketEvent> = {
      ...ticketListProjection,
      sql: (source) => ticketListProjection.sql!(source).map((sql) => sql.replace('else -1', 'else 0')),
    };
    await expect(expectSqlLikeFold({ ...story, projection }, database.pool, 7)).rejects.toThrow('toEqual');
  });

  async function opened(schema: string, changes: Partial<Projection> = {}) {
    await createKernelSchema(database.pool, schema);
    const tables = new TicketListDatabase(database.pool, schema);
    await tables.create();
    const own = new PostgresEventLog(database.pool, schema);
    const reports: string[] = [];
    const projector = (upcasters: Parameters<typeof withUpcasters>[1], inPostgres = true) =>
      new Projector({
        pool: database.pool,
        schema,
        log: withUpcasters(own, upcasters),
        projection: { ...(ticketListProjection as Projection), ...changes },
        ...(inPostgres && { eventsTable: { upcasters } }),
        report: (message) => reports.push(message),
      });
    return { log: own, tables, reports, projector };
  }

  const upcasters = { TicketOpened: [({ title }: { title: string }) => ({ title: title.toUpperCase() })] };

  it('is folded while the log has an event of an older version, and says so', async () => {
    const { log, tables, reports, projector } = await opened('older');
    await log.append(appendRequest({ events: [factOf('TicketOpened', { title: 'lamp' })] }));
    await projector(upcasters).rebuild();
    expect((await tables.tickets()).map(({ title }) => title)).toEqual(['LAMP']);
    const reason = 'the log has TicketOpened of version 1, and SQL knows no upcasters';
    expect(reports).toEqual([`Projection ticket-list cannot be rebuilt in SQL: ${reason}; it is folded`]);
    await expect(projector(upcasters).rebuild({ by: 'sql' })).rejects.toThrow(reason);
  });

  it('is rebuilt in SQL where every event is of the newest version', async () => {
    const { log, tables, reports, projector } = await opened('newest');
    const title = { ...factOf('TicketOpened', { title: 'lamp' }), schemaVersion: 2 };
    await log.append(appendRequest({ events: [title] }));
    await projector(upcasters).rebuild();
    expect((await tables.tickets()).map((row) => row.title)).toEqual(['lamp']);
    expect(reports).toEqual([]);
  });

  it('is refused for a log that is not in PostgreSQL', async () => {
    const { projector } = await opened('elsewhere');
    await expect(projector({}, false).rebuild({ by: 'sql' })).rejects.toThrow('its log is not in PostgreSQL');
    const { projector: foldOnly } = await opened('fold-only', { sql: undefined as never });
    await expect(foldOnly({}).rebuild({ by: 'sql' })).rejects.toThrow('it is not said in SQL');
  });

  it('is folded around an event that its statements choke on', async () => {
    const { log, tables, reports, projector } = await opened('choking', {
      sql: ({ events, table }) => [
        `insert into ${table(TicketRow)} select community, stream, data ->> 'title', (data ->> 'at')::timestamptz from ${events} e`,
      ],
    });
    await log.append(appendRequest({ events: [factOf('TicketOpened', { title: 'lamp', at: 'never' })] }));
    await projector({}).rebuild();
    expect((await tables.tickets()).map(({ title }) => title)).toEqual(['lamp']);
    expect(reports).toEqual(['Projection ticket-list cannot be rebuilt in SQL; it is folded']);
  });
});
