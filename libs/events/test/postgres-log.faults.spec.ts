import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, seenWhile } from '@weinao/testing';
import pg from 'pg';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import {
  CommandRepeated,
  createKernelSchema,
  LogBusy,
  PostgresEventLog,
  UnstorableEvent,
  verifyChain,
  VersionConflict,
} from '../index.ts';
import type { AppendRequest } from '../index.ts';

describe('the log in PostgreSQL', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let victims: pg.Pool;
  const APPENDER = 'appender-to-be-killed';

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    victims = new pg.Pool({ connectionString: logs.database.url, application_name: APPENDER });
    victims.on('error', () => undefined);
  });
  afterEach(async () => {
    await victims.end();
    await opened.close();
  });
  afterAll(() => logs.close());

  const table = (name: string): string => `"${opened.schema}".${name}`;

  /** A connection of its own with a transaction that stays open. */
  async function openTransaction(): Promise<pg.PoolClient> {
    const client = await logs.database.pool.connect();
    await client.query('begin');
    return client;
  }

  async function lockWaiter(): Promise<number> {
    for (;;) {
      const { rows } = await logs.database.pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'`,
        [APPENDER],
      );
      if (rows[0]) return rows[0].pid;
    }
  }

  const kill = (): Promise<unknown> =>
    logs.database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [APPENDER],
    );

  it('has no gaps, from 1 to the head, whatever was refused in between', async () => {
    const { log } = opened;
    const second = await opened.another();
    const taken = appendRequest();
    await log.append(taken);
    await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) => {
        const request =
          n % 3
            ? appendRequest({ events: [factOf('A'), factOf('B')] })
            : { ...appendRequest(), stream: taken.stream };
        return (n % 2 ? log : second).append(request);
      }),
    );
    const positions = (await log.read({ after: 0n, limit: 1_000 })).map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 133 }, (_, n) => BigInt(n + 1)));
    expect(await log.head()).toBe(133n);
  });

  it('shows nothing after an append whose transaction is still open elsewhere, and then both in order', async () => {
    const transaction = await openTransaction();
    const slow = appendRequest({ events: [factOf('Slow')] });
    const inTransaction = { query: transaction.query.bind(transaction) } as unknown as pg.Pool;
    await new PostgresEventLog(inTransaction, opened.schema).append(slow);
    const quick = appendRequest({ events: [factOf('Quick')] });
    const waiting = new PostgresEventLog(victims, opened.schema).append(quick);
    await lockWaiter();
    expect(await opened.log.read({ after: 0n, limit: 10 })).toEqual([]);
    const seen = seenWhile(opened.log, waiting, 1);
    await transaction.query('commit');
    transaction.release();
    expect((await seen).map(({ type, position }) => [type, position])).toEqual([
      ['Slow', 1n],
      ['Quick', 2n],
    ]);
  });

  it('would tell a reader of a bare sequence that it is about to skip an event', async () => {
    await logs.database.pool.query(`create sequence ${table('bare')}`);
    const insert = `insert into ${table('events')} select nextval('${table('bare')}'), gen_random_uuid(), $1, 0,
      'sunshine', 'TicketOpened', 1, now(), '{}', '{}', ''`;
    const slow = await openTransaction();
    await slow.query(insert, ['ticket/sunshine/slow']);
    await logs.database.pool.query(insert, ['ticket/sunshine/quick']);
    await expect(opened.log.read({ after: 0n, limit: 10 })).rejects.toThrow('gap: position 2 follows 0');
    await slow.query('commit');
    slow.release();
    expect(await opened.log.read({ after: 0n, limit: 10 })).toHaveLength(2);
  });

  it('does not know the outcome when its connection is killed, and the same command can be sent again', async () => {
    const holder = await openTransaction();
    await holder.query(`select from ${table('head')} for update`);
    const log = new PostgresEventLog(victims, opened.schema);
    const request = appendRequest();
    const outcome = log.append(request).catch((error: unknown) => error);
    const pid = await lockWaiter();
    await logs.database.pool.query('select pg_terminate_backend($1)', [pid]);
    expect(await outcome).toMatchObject({ code: '57P01' });
    await holder.query('rollback');
    holder.release();
    expect(await opened.log.readStream(request.stream)).toEqual([]);
    expect(await log.append(request)).toHaveLength(1);
  });

  it('stores what it answered once, and the rest at most once, while its connections are killed', async () => {
    const log = new PostgresEventLog(victims, opened.schema);
    const answered: AppendRequest[] = [];
    const unanswered: AppendRequest[] = [];
    const writer = async (): Promise<void> => {
      for (let n = 0; n < 40; n++) {
        const request = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketAssigned')] });
        await log.append(request).then(
          () => answered.push(request),
          () => unanswered.push(request),
        );
        if ((answered.length + unanswered.length) % 25 === 0) await kill();
      }
    };
    await Promise.all(Array.from({ length: 10 }, writer));
    expect(answered.length + unanswered.length).toBe(400);

    for (const { stream } of answered) expect(await opened.log.readStream(stream)).toHaveLength(2);
    for (const request of unanswered) {
      const before = (await opened.log.readStream(request.stream)).length;
      expect([0, 2]).toContain(before);
      const again = await log.append(request).catch((error: unknown) => error);
      if (before === 2) expect(again).toBeInstanceOf(CommandRepeated);
      else expect(again).toHaveLength(2);
    }
    expect(await opened.log.head()).toBe(800n);
    expect(await opened.log.read({ after: 0n, limit: 1_000 })).toHaveLength(800);
  });

  it('fails alone what only the database refuses, and not the batch that it came with', async () => {
    await logs.database.pool.query(
      `alter table ${table('events')} add check (octet_length(data::text) < 1000)`,
    );
    const good = Array.from({ length: 50 }, () => appendRequest());
    const bad = Array.from({ length: 3 }, () =>
      appendRequest({ events: [factOf('TicketNoted', { text: 'x'.repeat(1_000) })] }),
    );
    const results = await Promise.allSettled([...bad, ...good].map((request) => opened.log.append(request)));
    expect(results.map(({ status }) => status)).toEqual([
      ...bad.map(() => 'rejected'),
      ...good.map(() => 'fulfilled'),
    ]);
    expect(await opened.log.read({ after: 0n, limit: 100 })).toHaveLength(50);
    expect(await verifyChain(logs.database.pool, opened.schema)).toMatchObject({ findings: [] });
  });

  it('says that an event cannot be stored where the server has a limit that we do not know', async () => {
    await logs.database.pool.query(`alter table ${table('events')} alter column type type varchar(10)`);
    const [bad, good] = [appendRequest(), appendRequest({ events: [factOf('Short')] })];
    const results = await Promise.allSettled([bad, good].map((request) => opened.log.append(request)));
    expect(results).toEqual([
      { status: 'rejected', reason: expect.any(UnstorableEvent) },
      { status: 'fulfilled', value: expect.anything() },
    ]);
  });

  it('fails what is in flight when the server is lost, and does what comes after', async () => {
    const holder = await openTransaction();
    await holder.query(`select from ${table('head')} for update`);
    const log = new PostgresEventLog(victims, opened.schema);
    const inFlight = [appendRequest(), appendRequest()];
    const outcomes = Promise.allSettled(inFlight.map((request) => log.append(request)));
    await lockWaiter();
    const next = [appendRequest(), appendRequest({ stream: inFlight[0]!.stream, expectedRevision: 0 })];
    const nextOutcomes = Promise.allSettled(next.map((request) => log.append(request)));
    await kill();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await holder.query('rollback');
    holder.release();
    const [other, following] = await nextOutcomes;
    expect(other).toMatchObject({ status: 'fulfilled' });
    expect(following).toMatchObject({ status: 'rejected', reason: expect.any(VersionConflict) }); // it builds on what failed
    for (const request of inFlight) expect(await log.append(request)).toHaveLength(1);
  });

  it('takes no more than it can remember while the database stands, and says so', async () => {
    const holder = await openTransaction();
    await holder.query(`select from ${table('head')} for update`);
    const log = new PostgresEventLog(victims, opened.schema);
    const large = { text: 'x'.repeat(250_000) };
    const requests = Array.from({ length: 400 }, () =>
      appendRequest({ events: [factOf('TicketNoted', large)] }),
    );
    const outcomes = Promise.allSettled(requests.map((request) => log.append(request)));
    await expect(log.append(requests[0]!)).rejects.toMatchObject({ name: 'LogBusy', code: 'LOG_BUSY' });
    await holder.query('rollback');
    holder.release();
    const refused = (await outcomes).flatMap((result) =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((reason) => reason instanceof LogBusy)).toBe(true);
    expect(await log.head()).toBe(BigInt(requests.length - refused.length));
    expect(await log.append(appendRequest())).toHaveLength(1);
  });

  it('finds streams and commands by their indexes also with plans of an empty log', async () => {
    const log = new PostgresEventLog(victims, opened.schema);
    for (let n = 0; n < 10; n++) await log.append(appendRequest()); // by now the plans are made
    await Promise.all(Array.from({ length: 5_000 }, () => log.append(appendRequest())));
    const scans = `select sum(seq_tup_read)::integer as rows from pg_stat_all_tables
      where schemaname = $1 and relname in ('events', 'commands')`;
    await victims.query('select pg_stat_force_next_flush()');
    const { rows } = await logs.database.pool.query<{ rows: number }>(scans, [opened.schema]);
    expect(rows).toEqual([{ rows: 0 }]);
  });

  it('links the events of a log that was written before there were links, in several processes at once', async () => {
    const opening = appendRequest({
      events: [factOf('TicketOpened', { title: '灯' }), factOf('TicketNoted')],
    });
    await opened.log.append(opening);
    await opened.log.append(appendRequest());
    const { head } = await verifyChain(logs.database.pool, opened.schema);
    await logs.database.pool.query(`
      alter table ${table('events')} drop column link; alter table ${table('head')} drop column link;
      drop aggregate ${table('chain')}(bytea, bytea); drop function ${table('next_link')}, ${table('event_digest')},
        ${table('append_events')}`);
    await Promise.all(Array.from({ length: 4 }, () => createKernelSchema(logs.database.pool, opened.schema)));
    expect(await verifyChain(logs.database.pool, opened.schema)).toMatchObject({ head, findings: [] });
    await createKernelSchema(logs.database.pool, opened.schema);
    await opened.log.append(appendRequest());
    expect(await verifyChain(logs.database.pool, opened.schema)).toMatchObject({
      head: { position: 4n },
      findings: [],
    });
  });

  it('can be set up by several processes at once, and again later, without losing anything', async () => {
    const schema = 'set-up-by-many';
    const setUp = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 8 }, () => createKernelSchema(logs.database.pool, schema)));
    await setUp();
    const log = new PostgresEventLog(logs.database.pool, schema);
    await log.append(appendRequest());
    await setUp();
    expect(await log.head()).toBe(1n);
  });
});
