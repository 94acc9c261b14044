import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { noteDecider, TestCommunities } from './notes.fixture.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import {
  createKernelSchema,
  InProcessBus,
  intent,
  PostgresEventLog,
  LogResponder,
  Publisher,
  Reactor,
  rewindToParked,
} from '../index.ts';
import type { EventLog, Reaction, ReactorOptions, Recorded } from '../index.ts';

const LONG = 30_000;

type TextWritten = {
  readonly type: 'TextWritten';
  readonly data: { readonly text: string; readonly to?: string };
};

/** Takes down each text that is written, where it says. */
const takeDown: Reaction<TextWritten> = {
  name: 'take-down',
  follows: ['TextWritten'],
  react: ({ data: { text, to = 'all' } }) => {
    if (text === 'unreadable') throw new Error('planted');
    return [intent(noteDecider, to, { type: 'Note', text })];
  },
};

describe('a reactor', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let bus: InProcessBus;
  let communities: TestCommunities;
  let reports: Inbox<string>;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    bus = new InProcessBus(() => undefined);
    communities = new TestCommunities('sunshine');
    reports = new Inbox();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await bus.close();
    await opened.close();
  });
  afterAll(() => logs.close());

  function started(more: Partial<ReactorOptions> = {}): Reactor {
    const reactor = new Reactor({
      plugin: opened.schema,
      reaction: takeDown,
      pool: logs.database.pool,
      log: opened.log,
      bus,
      clock: () => new Date('2026-03-02T09:00:00.000Z'),
      communities,
      report: (message, error) => reports.take(error ? `${message}: ${(error as Error).message}` : message),
      ...more,
    });
    reactor.start();
    stops.push(() => reactor.stop());
    return reactor;
  }

  async function write(
    text: string,
    where: { to?: string; stream?: string; community?: string } = {},
    log: EventLog = opened.log,
  ) {
    const { to, community = 'sunshine' } = where;
    const stream = where.stream ?? `text/${community}/${Math.random()}`;
    const events = [factOf('TextWritten', to ? { text, to } : { text }, { communityId: community })];
    const expectedRevision = (await log.readStream(stream)).length - 1;
    const [event] = await log.append(
      appendRequest({ stream, communityId: community, expectedRevision, events }),
    );
    return event!;
  }

  const notes = (log: EventLog = opened.log, to = 'all', community = 'sunshine'): Promise<Recorded[]> =>
    log.readStream(`note/${community}/${to}`);
  const texts = async (to?: string): Promise<unknown[]> =>
    (await notes(opened.log, to)).map(({ data }) => (data as { text: string }).text);
  const checkpoint = async (name = 'reaction:take-down'): Promise<string | undefined> => {
    const query = `select position from "${opened.schema}".checkpoints where name = $1`;
    return (await logs.database.pool.query<{ position: string }>(query, [name])).rows[0]?.position;
  };
  const parked = async (): Promise<unknown[]> =>
    (await logs.database.pool.query<object>(`select * from "${opened.schema}".parked`)).rows;

  it('does what its event leads to, in its own name and with the trace of the event', async () => {
    const event = await write('灯坏了');
    await started().reached(event.position, LONG);
    const [note] = await notes();
    expect(note).toMatchObject({
      type: 'Noted',
      at: '2026-03-02T09:00:00.000Z',
      data: { text: '灯坏了', by: `reaction:${opened.schema}.take-down` },
      metadata: {
        communityId: 'sunshine',
        actorId: `reaction:${opened.schema}.take-down`,
        correlationId: event.metadata.correlationId,
        causationId: event.id,
      },
    });
    expect(await checkpoint()).toBe('1');
  });

  it('does it once when the checkpoint fails after the command', async () => {
    const { pool } = logs.database;
    await pool.query(`
      create function "${opened.schema}".fail() returns trigger language plpgsql as
        $$ begin raise 'the checkpoint failed' using errcode = '53100'; end $$;
      create trigger fail before update on "${opened.schema}".checkpoints
        execute function "${opened.schema}".fail()`);
    const event = await write('once');
    const reactor = started();
    await reports.until(2);
    expect([await texts(), await checkpoint()]).toEqual([['once'], '0']);
    await pool.query(`drop trigger fail on "${opened.schema}".checkpoints`);
    await reactor.reached(event.position, LONG);
    expect(await texts()).toEqual(['once']);
    expect(await checkpoint()).not.toBe('0');
  });

  it('does it once when two of it run side by side, and keeps the order of what concerns the same thing', async () => {
    const both = [started(), started()];
    const numbers = Array.from({ length: 100 }, (_, n) => String(n));
    let last = 0n;
    for (const text of numbers) ({ position: last } = await write(text));
    await Promise.all(both.map((reactor) => reactor.reached(last, LONG)));
    expect(await texts()).toEqual(numbers);
    expect(reports.items).toEqual([]);
  });

  it('catches up with many events at once, each stream in its order', async () => {
    const streams = Array.from({ length: 20 }, (_, n) => `text/sunshine/${n}`);
    let last = 0n;
    for (const text of ['one', 'two', 'three']) {
      const written = await Promise.all(streams.map((stream, n) => write(text, { stream, to: String(n) })));
      last = written.reduce((head, { position }) => (position > head ? position : head), last);
    }
    await started().reached(last, LONG);
    for (const n of streams.keys()) expect(await texts(String(n))).toEqual(['one', 'two', 'three']);
  });

  it('takes a rejection for an answer: reports it, and goes on', async () => {
    await write('forbidden');
    const { position } = await write('allowed');
    await started().reached(position, LONG);
    expect(await texts()).toEqual(['allowed']);
    expect(reports.items).toEqual([
      `reaction:${opened.schema}.take-down was rejected: Note to note/sunshine/all, FORBIDDEN_TEXT: This is not taken down.`,
    ]);
  });

  it.each(['unreadable', 'broken'])(
    'passes over the stream of an event that is %s, and goes on with others',
    async (text) => {
      const stream = 'text/sunshine/bad';
      await write('before', { stream });
      const bad = await write(text, { stream });
      await write('after', { stream });
      const { position } = await write('elsewhere');
      const reactor = started();
      await reactor.reached(position, LONG);
      expect(await texts()).toEqual(['before', 'elsewhere']);
      expect(await parked()).toMatchObject([
        {
          subscriber: 'reaction:take-down',
          stream,
          position: String(bad.position),
          event_id: bad.id,
          tries: 5,
        },
      ]);
      await reactor.stop();
      await write('later', { stream });
      const last = await write('after a restart');
      await started().reached(last.position, LONG);
      expect(await texts()).toEqual(['before', 'elsewhere', 'after a restart']);
      expect(reports.items).toHaveLength(1);
    },
  );

  it('goes back to what was parked when that is retried, and does nothing twice', async () => {
    const stream = 'text/sunshine/bad';
    let broken = true;
    const mended: Reaction<TextWritten> = {
      ...takeDown,
      react: (event) => {
        if (event.data.text === 'bad' && broken) throw new Error('planted');
        return takeDown.react(event);
      },
    };
    await write('before');
    await write('bad', { stream });
    await write('after', { stream });
    const reactor = started({ reaction: mended });
    await reactor.reached((await write('elsewhere')).position, LONG);
    expect(await texts()).toEqual(['before', 'elsewhere']);
    broken = false;
    const { pool } = logs.database;
    const which = { subscriber: 'reaction:take-down', stream };
    expect(await rewindToParked(pool, opened.schema, which)).toBe(true);
    expect(await rewindToParked(pool, opened.schema, which)).toBe(false);
    const { position } = await write('later');
    const last = new Inbox<void>();
    opened.log.onAppend(() => last.take());
    while ((await notes()).length < 5) await last.until(last.items.length + 1);
    await reactor.reached(position, LONG);
    expect(await texts()).toEqual(['before', 'elsewhere', 'bad', 'after', 'later']);
    expect(await parked()).toEqual([]);
  });

  it('passes over an aggregate that no stream can be named for', async () => {
    const naming: Reaction = {
      ...(takeDown as Reaction),
      react: () => [intent(noteDecider, 'a\u0000b', { type: 'Note', text: '' })],
    };
    const { position } = await write('text');
    await started({ reaction: naming }).reached(position, LONG);
    expect(await parked()).toHaveLength(1);
  });

  it('tries again until it comes through when the log is away', async () => {
    let away = true;
    const log = Object.create(opened.log, {
      append: {
        value: (request: Parameters<EventLog['append']>[0]) =>
          away ? Promise.reject(new Error('away')) : opened.log.append(request),
      },
    }) as EventLog;
    const { position } = await write('patience');
    const reactor = started({ log });
    await reports.until(6); // more often than an event at fault is tried
    expect(await parked()).toEqual([]);
    away = false;
    await reactor.reached(position, LONG);
    expect(await texts()).toEqual(['patience']);
  });

  it('does nothing where the plugin is not enabled', async () => {
    await write('nobody asked', { community: 'riverside' });
    const { position } = await write('here');
    await started().reached(position, LONG);
    expect([await texts(), await notes(opened.log, 'all', 'riverside')]).toEqual([['here'], []]);
  });

  describe('where the plugin is turned on later', () => {
    const there = async (): Promise<unknown[]> =>
      (await notes(opened.log, 'all', 'riverside')).map(({ data }) => (data as { text: string }).text);

    it('catches up with what it passed over there, before anything newer, and does nothing twice elsewhere', async () => {
      const asked: string[] = [];
      const watched = {
        ...takeDown,
        react: (event: Parameters<typeof takeDown.react>[0]) => {
          asked.push(event.data.text);
          return takeDown.react(event);
        },
      };
      const reactor = started({ reaction: watched });
      for (const text of ['one', 'two']) await write(text, { community: 'riverside', to: 'all' });
      await reactor.reached((await write('here')).position, LONG);
      expect(await there()).toEqual([]);
      asked.splice(0);
      communities.enable('riverside');
      await reactor.reached((await write('three', { community: 'riverside' })).position, LONG);
      expect([await there(), await texts()]).toEqual([['one', 'two', 'three'], ['here']]);
      expect(asked).not.toContain('here');
    });

    it('catches up though nothing new happens, also after a restart and a second time', async () => {
      const first = started();
      await first.reached((await write('one', { community: 'riverside' })).position, LONG);
      await first.stop();
      communities.enable('riverside');
      const second = started();
      await second.reached(1n, LONG);
      expect(await there()).toEqual(['one']);
      communities.disable('riverside');
      const two = await write('two', { community: 'riverside' });
      await second.reached(two.position, LONG);
      expect(await there()).toEqual(['one']);
      communities.enable('riverside');
      await second.reached(two.position, LONG);
      expect(await there()).toEqual(['one', 'two']);
      const rows = await logs.database.pool.query(`select from "${opened.schema}".passed_over`);
      expect(rows.rowCount).toBe(0);
    });

    it('does not where what happens is over by then', async () => {
      const reactor = started({ reaction: { ...takeDown, fleeting: true } });
      await reactor.reached((await write('one', { community: 'riverside' })).position, LONG);
      communities.enable('riverside');
      await reactor.reached((await write('two', { community: 'riverside' })).position, LONG);
      expect(await there()).toEqual(['two']);
    });
  });

  it('writes no checkpoint for an event that it does not follow', async () => {
    await write('followed');
    const reactor = started();
    await reactor.reached(1n, LONG);
    const [other] = await opened.log.append(appendRequest());
    await reactor.reached(other!.position, LONG);
    expect(await checkpoint()).toBe('1');
    const { position } = await write('followed again');
    await reactor.reached(position, LONG);
    expect(await checkpoint()).toBe(String(position));
  });

  describe('on the events of another plugin', () => {
    const smoke: Reaction<{ type: 'texts.TextWritten'; data: { text: string } }> = {
      name: 'take-down',
      follows: ['texts.TextWritten'],
      react: ({ data: { text } }) => [intent(noteDecider, 'all', { type: 'Note', text })],
    };
    let other: EventLog;

    beforeEach(async () => {
      const { pool } = logs.database;
      await pool.query('drop schema if exists texts cascade');
      await createKernelSchema(pool, 'texts');
      other = new PostgresEventLog(pool, 'texts');
      const publisher = new Publisher({ plugin: 'texts', pool, log: other, bus, report: () => undefined });
      const responder = new LogResponder({ plugin: 'texts', log: other, bus });
      for (const part of [publisher, responder]) {
        part.start();
        stops.push(() => part.stop());
      }
    });

    async function untilNoted(count: number): Promise<unknown[]> {
      const rung = new Inbox<void>();
      const stop = opened.log.onAppend(() => rung.take());
      for (let rings = 1; (await notes()).length < count; rings++) await rung.until(rings);
      stop();
      return texts();
    }

    it('does what they lead to, and goes on from its checkpoint', async () => {
      await write('one', {}, other);
      const first = started({ reaction: smoke });
      await untilNoted(1);
      await write('two', {}, other);
      expect(await untilNoted(2)).toEqual(['one', 'two']);
      await first.stop();
      expect(await checkpoint('reaction:take-down:texts')).toBe('2');
      await write('three', {}, other);
      started({ reaction: smoke });
      expect(await untilNoted(3)).toEqual(['one', 'two', 'three']);
    });

    it('catches up with a community that turns the plugin on, though nothing new happens', async () => {
      const reactor = started({ reaction: smoke });
      for (const text of ['one', 'two']) await write(text, { community: 'riverside' }, other);
      await write('here', {}, other);
      await untilNoted(1);
      communities.enable('riverside');
      await reactor.caughtUpWithOthers(LONG);
      const there = await notes(opened.log, 'all', 'riverside');
      expect(there.map(({ data }) => (data as { text: string }).text)).toEqual(['one', 'two']);
      expect(await texts()).toEqual(['here']);
    });

    it('goes back to what was parked when that is retried', async () => {
      let broken = true;
      const mended: Reaction<{ type: 'texts.TextWritten'; data: { text: string } }> = {
        ...smoke,
        react: (event) => {
          if (event.data.text === 'bad' && broken) throw new Error('planted');
          return smoke.react(event);
        },
      };
      started({ reaction: mended });
      const stream = 'text/sunshine/bad';
      await write('bad', { stream }, other);
      await write('elsewhere', {}, other);
      expect(await untilNoted(1)).toEqual(['elsewhere']);
      broken = false;
      await rewindToParked(logs.database.pool, opened.schema, {
        subscriber: 'reaction:take-down:texts',
        stream,
      });
      await write('later', {}, other);
      expect(await untilNoted(3)).toEqual(['elsewhere', 'bad', 'later']);
    });

    it('does it once when two of it run side by side', async () => {
      started({ reaction: smoke });
      started({ reaction: smoke });
      const numbers = Array.from({ length: 30 }, (_, n) => String(n));
      for (const text of numbers) await write(text, {}, other);
      expect(await untilNoted(30)).toEqual(numbers);
    });
  });
});
