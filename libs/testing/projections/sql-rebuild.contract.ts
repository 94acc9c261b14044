import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnName, createKernelSchema, PostgresEventLog, Projector } from '@weinao/events';
import type { DomainEvent, EventLog, Projection } from '@weinao/events';
import type { Pool } from 'pg';
import { SeededChance } from '../chance/seeded.chance.ts';
import { appendRequest, factOf } from '../contracts/append.builder.ts';
import { createTestDatabase } from '../servers/test.database.ts';
import type { TestDatabase } from '../servers/test.database.ts';

export interface Happening<Event extends DomainEvent = DomainEvent> {
  readonly communityId: string;
  readonly stream: string;
  readonly event: Event;
}

export interface SqlRebuildStory<Event extends DomainEvent> {
  readonly projection: Projection<Event>;
  /** As the plugin's migrations do. */
  createTables(pool: Pool, schema: string): Promise<void>;
  /** Something that could happen, also what no decider would let happen: it is in the log once it is stored. */
  happening(chance: SeededChance): Happening<Event>;
}

const HISTORIES = 20;
const MOST_EVENTS = 80;
const DEADLINE_MS = 20_000;

/** Random histories lead to the same rows, folded while they happen, folded at once, and said in SQL. */
export function describeSqlRebuild<Event extends DomainEvent>(story: SqlRebuildStory<Event>): void {
  describe(`the projection ${story.projection.name}, folded or rebuilt in SQL`, () => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await createTestDatabase();
    });
    afterAll(() => database.close());

    it.each(Array.from({ length: HISTORIES }, (_, seed) => seed + 1))(
      'has the same rows after the random history %i',
      (seed) => expectSqlLikeFold(story, database.pool, seed),
    );
  });
}

/** @throws Error when the rows differ, or the SQL fails */
export async function expectSqlLikeFold<Event extends DomainEvent>(
  { projection, createTables, happening }: SqlRebuildStory<Event>,
  pool: Pool,
  seed: number,
): Promise<void> {
  const schema = `history-${seed}`;
  const chance = new SeededChance(seed);
  await createKernelSchema(pool, schema);
  await createTables(pool, schema);
  const log = new PostgresEventLog(pool, schema);
  const reports: string[] = [];
  const projector = new Projector({
    pool,
    schema,
    log: inPagesOf(log, 1 + chance.below(30)),
    projection: projection,
    eventsTable: { upcasters: {} },
    report: (message, error) => reports.push(`${message}: ${String(error)}`),
  });
  const rows = (): Promise<object> => rowsOf(pool, schema, projection);

  projector.start();
  const events = Array.from({ length: chance.below(MOST_EVENTS) }, () => happening(chance));
  await append(log, events);
  await projector.reached(BigInt(events.length), DEADLINE_MS);
  await projector.stop();
  const live = await rows();
  for (const by of ['fold', 'sql'] as const) {
    await projector.rebuild({ by });
    expect({ by, rows: await rows() }).toEqual({ by, rows: live });
  }
  expect(reports).toEqual([]);
  await log.close();
}

/** The same log, which gives no more than so many events at a time. */
export const inPagesOf = (log: EventLog, most: number): EventLog =>
  Object.assign(Object.create(log) as EventLog, {
    read: (options: Parameters<EventLog['read']>[0]) =>
      log.read({ ...options, limit: Math.min(options.limit, most) }),
  });

async function append(log: EventLog, happenings: readonly Happening[]): Promise<void> {
  const revisions = new Map<string, number>();
  for (const { communityId, stream, event } of happenings) {
    const expectedRevision = revisions.get(stream) ?? -1;
    const events = [factOf(event.type, event.data, { communityId })];
    await log.append(appendRequest({ communityId, stream, expectedRevision, events }));
    revisions.set(stream, expectedRevision + 1);
  }
}

async function rowsOf(pool: Pool, schema: string, { tables }: Projection): Promise<object> {
  const all: Record<string, unknown> = {};
  for (const { table, key } of tables) {
    const order = key.map((property) => `"${columnName(property)}"`);
    const { rows } = await pool.query<{ row: object }>(
      `select to_jsonb(t) as row from "${schema}"."${table}" t order by ${order.join(', ')}`,
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}
