import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, seenWhile } from '@weinao/testing';
import pg from 'pg';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { CommandRepeated, createKernelSchema, PostgresEventLog } from '../index.ts';
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
    const good = Array.from({ length: 50 }, () => appendRequest());
    const bad = [
      appendRequest({ stream: 'ticket/sunshine/\u0000' }),
      appendRequest({ events: [{ ...factOf('TicketOpened'), schemaVersion: 40_000 }] }),
      appendRequest({ events: [{ ...factOf('TicketOpened'), id: 'no UUID' }] }),
    ];
    const results = await Promise.allSettled([...bad, ...good].map((request) => opened.log.append(request)));
    expect(results.map(({ status }) => status)).toEqual([
      ...bad.map(() => 'rejected'),
      ...good.map(() => 'fulfilled'),
    ]);
    expect(await opened.log.read({ after: 0n, limit: 100 })).toHaveLength(50);
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
