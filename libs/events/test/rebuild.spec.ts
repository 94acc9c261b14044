import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { ticketListProjection } from './tickets/ticket-list.projection.ts';
import { openTicketsIn, TicketListDatabase } from './tickets/ticket-list.database.ts';
import { Projector } from '../index.ts';
import type { EventLog, Projection, ProjectorOptions } from '../index.ts';
import { rebuild } from '../projection/rebuild.ts';

const LONG = 30_000;

describe('the rebuild of a projection', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let reports: Inbox<string>;
  let database: TicketListDatabase;
  const running: Projector[] = [];

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    reports = new Inbox();
    database = new TicketListDatabase(logs.database.pool, opened.schema);
    await database.create();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((projector) => projector.stop()));
    await opened.close();
  });
  afterAll(() => logs.close());

  const subject = (changes: Partial<ProjectorOptions> = {}): ProjectorOptions => ({
    pool: logs.database.pool,
    schema: opened.schema,
    log: opened.log,
    projection: ticketListProjection,
    report: (message, error) => reports.take(error ? `${message}: ${(error as Error).message}` : message),
    ...changes,
  });

  const ofVersion = (version: number, title?: string): Projection => ({
    ...(ticketListProjection as Projection),
    version,
    fold: (event, rows) =>
      ticketListProjection.fold(
        { ...event, data: { ...event.data, ...(title && { title }) } } as never,
        rows,
      ),
  });

  function started(changes?: Partial<ProjectorOptions>): Projector {
    const projector = new Projector(subject(changes));
    running.push(projector);
    projector.start();
    return projector;
  }

  /** Lets a test do something after a page was read, before it is folded. */
  const beforeEachPage = (work: (read: number) => Promise<unknown>): EventLog => {
    let read = 0;
    return Object.assign(Object.create(opened.log) as EventLog, {
      read: async (options: Parameters<EventLog['read']>[0]) => {
        const page = await opened.log.read(options);
        await work(++read);
        return page;
      },
    });
  };

  const query = async (sql: string): Promise<object[]> =>
    (await logs.database.pool.query<object>(sql.replaceAll('$', `"${opened.schema}"`))).rows;
  const named = async (sql: string): Promise<unknown[]> =>
    (await query(sql)).map((row) => Object.values(row)[0]);
  const leftovers = (): Promise<unknown[]> =>
    named(`select relname from pg_class where relnamespace = '$'::regnamespace and relname like 'rebuild~%'`);

  it('never shows a reader no table, no rows or both kinds of rows', async () => {
    const head = await openTicketsIn(opened.log, 300);
    await started({ projection: ofVersion(1, 'old') }).reached(head, LONG);
    let done = false;
    const seen = new Set<string>();
    const reader = async (): Promise<void> => {
      while (!done) {
        const [row] = (await query(`
          select (select string_agg(distinct title, '+') || ' ' || count(*) from $.ticket) as tickets,
            (select all_events from $.ticket_count) as counted`)) as { tickets: string; counted: number }[];
        seen.add(`${row!.tickets} ${row!.counted}`);
      }
    };
    const readers = [reader(), reader(), reader()];
    for (const version of [2, 3, 4]) {
      await rebuild(
        subject({ projection: ofVersion(version, `v${version}`) }),
        {},
        { page: 20, rows: 40, near: 10 },
      );
    }
    done = true;
    await Promise.all(readers);
    expect([...seen].sort()).toEqual(['old 300 300', 'v2 300 300', 'v3 300 300', 'v4 300 300']);
  });

  it('leaves the live rows alone until the swap, while their projector goes on', async () => {
    const live = started();
    await live.reached(await openTicketsIn(opened.log, 50), LONG);
    const counted: unknown[] = [];
    const log = beforeEachPage(async (read) => {
      if (read > 5) return;
      await live.reached(await openTicketsIn(opened.log, 10), LONG);
      counted.push(await database.countedEvents());
    });
    await rebuild(subject({ log }), {}, { page: 20, rows: 10, near: 5 });
    expect(counted).toEqual([60, 70, 80, 90, 100]);
    expect(await database.countedEvents()).toBe(100);
    await live.reached(await openTicketsIn(opened.log, 1), LONG);
    expect([await database.countedEvents(), (await database.tickets()).length]).toEqual([101, 101]);
  });

  it('gives the same rows however few are kept in memory and however small the pages', async () => {
    const live = started();
    const head = await openTicketsIn(opened.log, 60);
    for (const { stream } of await opened.log.read({ after: 0n, limit: 30 })) {
      const events = [factOf('TicketResolved', { by: 'worker-1' })];
      await opened.log.append(appendRequest({ stream, expectedRevision: 0, events }));
    }
    await live.reached(head + 30n, LONG);
    await live.stop();
    const rows = [await database.tickets(), await database.countedEvents()];
    for (const page of [1, 7, 1_000]) {
      for (const most of [1, 13, 1_000]) {
        await query('delete from $.ticket');
        await rebuild(subject(), {}, { page, rows: most, near: 20 });
        expect([await database.tickets(), await database.countedEvents()]).toEqual(rows);
      }
    }
  });

  it('gives indexes and constraints the names they had, and keeps what else a table has', async () => {
    const reader = `reader_${opened.schema.replace('-', '_')}`;
    await query(`
      create role ${reader};
      create index by_opening on $.ticket (opened_at desc, stream);
      create index by_worker on $.ticket (resolved_by) where resolved_by is not null;
      create unique index by_lower on $.ticket (lower(title), stream);
      alter table $.ticket add constraint titled check (title <> ''), add constraint once unique (stream, community_id),
        set (fillfactor = 70);
      alter table $.ticket drop column title, add column title text not null default '?';
      create unique index by_lower_again on $.ticket (lower(title), stream);
      comment on table $.ticket is 'open and done';
      grant select on $.ticket to ${reader}; grant update (title) on $.ticket to ${reader};
      alter table $.ticket enable row level security;
      create policy own on $.ticket for select to ${reader} using (community_id = current_setting('community', true))`);
    const shape = async (): Promise<unknown> => ({
      indexes: await named(
        `select indexdef from pg_indexes where schemaname = '${opened.schema}' and tablename like 'ticket%' order by 1`,
      ),
      constraints:
        await named(`select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = '$'::regnamespace and conrelid::regclass::text like '%ticket%' order by 1`),
      table: await query(
        `select relacl::text, relrowsecurity, reloptions::text, obj_description(oid) from pg_class where oid = '$.ticket'::regclass`,
      ),
      columns: await query(
        `select attname, attacl::text, attnotnull from pg_attribute where attrelid = '$.ticket'::regclass and attnum > 0 and not attisdropped order by attname`,
      ),
      policies: await query(
        `select policyname, roles::text, cmd, qual from pg_policies where schemaname = '${opened.schema}'`,
      ),
    });
    const before = await shape();
    await openTicketsIn(opened.log, 3);
    for (let n = 0; n < 2; n++) await rebuild(subject());
    expect(await shape()).toEqual(before);
    expect(await database.tickets()).toHaveLength(3);
    await query(`drop owned by ${reader}; drop role ${reader}`);
  });

  it.each([
    [
      'foreign key kin',
      'alter table $.ticket add constraint kin foreign key (community_id) references $.ticket_count',
    ],
    [
      'trigger told',
      `create function $.tell() returns trigger language plpgsql as 'begin return new; end';
       create trigger told after insert on $.ticket execute function $.tell()`,
    ],
    ['dependent view', 'create view $.open_tickets as select stream from $.ticket'],
    ['column number, which counts by a sequence', 'alter table $.ticket add number serial'],
    [
      'column number, which counts by a sequence',
      'alter table $.ticket add number int generated always as identity',
    ],
    ['inheritance with', 'create table $.special () inherits ($.ticket)'],
  ])('refuses a table with a %s, and leaves it alone', async (reason, change) => {
    await query(change);
    const head = await openTicketsIn(opened.log, 1);
    await expect(rebuild(subject())).rejects.toThrow(
      `cannot be rebuilt beside itself, because of its ${reason}`,
    );
    expect([await leftovers(), await database.tickets(), head]).toEqual([[], [], 1n]);
  });

  it('is given up, and the live rows stay, when a table is altered meanwhile', async () => {
    await started().reached(await openTicketsIn(opened.log, 5), LONG);
    const log = beforeEachPage((read) =>
      read === 1 ? query('create index by_opening on $.ticket (opened_at)') : Promise.resolve(),
    );
    await expect(rebuild(subject({ log }))).rejects.toThrow(
      'was altered while it was rebuilt (index by_opening)',
    );
    expect([(await database.tickets()).length, await leftovers()]).toEqual([5, []]);
    await rebuild(subject());
    expect(await database.tickets()).toHaveLength(5);
  });

  it('that is killed half-way leaves the live rows, and the next one clears up after it', async () => {
    await started().reached(await openTicketsIn(opened.log, 40), LONG);
    const before = await database.tickets();
    const log = beforeEachPage((read) =>
      read === 3
        ? query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
                 and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())`)
        : Promise.resolve(),
    );
    await expect(rebuild(subject({ log }), {}, { page: 5, rows: 5, near: 5 })).rejects.toThrow(
      /terminat|not queryable/,
    );
    expect((await leftovers()).length).toBeGreaterThan(0);
    expect(await database.tickets()).toEqual(before);
    await rebuild(subject());
    expect([await database.tickets(), await leftovers()]).toEqual([before, []]);
  });

  it('is refused while another one is at it', async () => {
    await openTicketsIn(opened.log, 5);
    const second: unknown[] = [];
    const log = beforeEachPage(() => rebuild(subject()).catch((error: unknown) => second.push(error)));
    await rebuild(subject({ log }));
    expect(second.map((error) => (error as Error).message)).toEqual([
      'Projection ticket-list is being rebuilt already; wait until that is done',
    ]);
    expect(await database.tickets()).toHaveLength(5);
  });

  it('waits for a reader that keeps a table, without making others wait for long, and misses nothing meanwhile', async () => {
    const live = started();
    await live.reached(await openTicketsIn(opened.log, 5), LONG);
    const slow = await logs.database.pool.connect();
    await slow.query(`begin; select * from "${opened.schema}".ticket`);
    let over = false;
    const rebuilt = rebuild(subject({ projection: ofVersion(1, 'new') })).finally(() => (over = true));
    for (let head = 0n; head < 25n;) {
      head = await openTicketsIn(opened.log, 5);
      await live.reached(head, LONG);
    }
    expect(over).toBe(false);
    await slow.query('commit');
    slow.release();
    await rebuilt;
    const tickets = await database.tickets();
    expect([
      tickets.length,
      new Set(tickets.map(({ title }) => title)),
      await database.countedEvents(),
    ]).toEqual([25, new Set(['new']), 25]);
  });

  describe('by a newer program beside an older one', () => {
    it('makes the older projector stand by, which says so once and still knows how far the rows are', async () => {
      const older = started();
      await older.reached(await openTicketsIn(opened.log, 5), LONG);
      const newer = started({ projection: ofVersion(2, 'new') });
      await newer.reached(5n, LONG);
      const head = await openTicketsIn(opened.log, 5);
      await Promise.all([older.reached(head, LONG), newer.reached(head, LONG)]);
      expect((await database.tickets()).map(({ title }) => title)).toEqual(Array(10).fill('new'));
      expect(await database.checkpoint()).toEqual({ version: 2, position: '10' });
      expect(reports.items).toEqual([
        'Projection ticket-list stands by: its rows are of version 2, newer than 1',
      ]);
    });

    it('lets both raise it at once, and puts an older version over no newer one', async () => {
      await openTicketsIn(opened.log, 30);
      const projectors = [3, 2, 3, 2].map((version) =>
        started({ projection: ofVersion(version, `v${version}`) }),
      );
      await Promise.all(projectors.map((projector) => projector.reached(30n, LONG)));
      const head = await openTicketsIn(opened.log, 1);
      await Promise.all(projectors.map((projector) => projector.reached(head, LONG)));
      expect(new Set((await database.tickets()).map(({ title }) => title))).toEqual(new Set(['v3']));
      expect(await database.checkpoint()).toEqual({ version: 3, position: '31' });
      expect(await rebuild(subject({ projection: ofVersion(2) }), { onlyOver: 'older' })).toBeUndefined();
      expect([await database.checkpoint(), await leftovers()]).toEqual([{ version: 3, position: '31' }, []]);
    });

    it('is taken back by a rebuild that somebody asks of the older one', async () => {
      await started({ projection: ofVersion(2, 'new') }).reached(await openTicketsIn(opened.log, 2), LONG);
      await running.splice(0)[0]!.stop();
      await new Projector(subject()).rebuild();
      expect(await database.checkpoint()).toEqual({ version: 1, position: '2' });
      await started().reached(await openTicketsIn(opened.log, 1), LONG);
      expect(await database.countedEvents()).toBe(3);
    });
  });

  it('tells how far it is, how fast, and how long it will take; and who waits, that the rows have moved', async () => {
    await openTicketsIn(opened.log, 30);
    const told: string[] = [];
    const moved: bigint[] = [];
    const projector = new Projector(subject({ onMoved: (position) => moved.push(position) }));
    await projector.rebuild({
      progress: ({ projection, position, head, eventsPerSecond, secondsLeft }) =>
        told.push(`${projection} ${position} of ${head} ${eventsPerSecond > 0} ${secondsLeft}`),
    });
    expect(told).toEqual(['ticket-list 30 of 30 true 0']);
    expect(moved).toEqual([30n]);
    running.push(projector);
    projector.start();
    await projector.reached(await openTicketsIn(opened.log, 1), LONG);
    expect(moved).toEqual([30n, 30n, 31n]); // the rebuild, where the follower begins, and the page
  });
});
