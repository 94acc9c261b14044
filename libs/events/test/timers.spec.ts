import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { noteDecider, TestCommunities } from './notes.fixture.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { DatabaseClock, intent, Timers, VirtualClock } from '../index.ts';
import type { EventLog, Timer, TimerClock, TimersOptions } from '../index.ts';

const LONG = 30_000;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const START = '2026-03-02T08:00:00.000Z';
const after = (ms: number): string => new Date(Date.parse(START) + ms).toISOString();

type AlarmEvent =
  | {
      readonly type: 'AlarmSet';
      readonly data: { readonly key: string; readonly due: string; readonly text?: string };
    }
  | { readonly type: 'AlarmCancelled'; readonly data: { readonly key: string } };

/** Takes a note at the time that was set. */
const alarm: Timer<AlarmEvent, string> = {
  name: 'alarm',
  version: 1,
  changes({ type, data }) {
    if (type === 'AlarmCancelled') return [{ cancel: { key: data.key } }];
    if (type !== 'AlarmSet') return [];
    return [{ set: { key: data.key, due: data.due, data: data.text ?? data.key } }];
  },
  fire({ key, data }, { late }) {
    if (data === 'unfireable') throw new Error('planted');
    return [intent(noteDecider, key, { type: 'Note', text: late ? `${data}, late` : data })];
  },
};

describe('timers', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let clock: VirtualClock;
  let communities: TestCommunities;
  let reports: Inbox<string>;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    clock = new VirtualClock(START);
    communities = new TestCommunities('sunshine');
    reports = new Inbox();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await opened.close();
  });
  afterAll(() => logs.close());

  function started(more: Partial<TimersOptions> = {}): Timers {
    const timers = new Timers({
      plugin: opened.schema,
      pool: logs.database.pool,
      log: opened.log,
      clock,
      timers: [alarm],
      communities,
      report: (message, error) => reports.take(error ? `${message}: ${(error as Error).message}` : message),
      ...more,
    });
    timers.start();
    stops.push(() => timers.stop());
    return timers;
  }

  async function append(type: AlarmEvent['type'], data: object, community = 'sunshine'): Promise<bigint> {
    const stream = `alarm/${community}/${Math.random()}`;
    const events = [factOf(type, data, { communityId: community })];
    return (await opened.log.append(appendRequest({ stream, communityId: community, events })))[0]!.position;
  }
  const set = (key: string, ms: number, text?: string, community?: string): Promise<bigint> =>
    append('AlarmSet', { key, due: after(ms), ...(text ? { text } : {}) }, community);
  const cancel = (key: string): Promise<bigint> => append('AlarmCancelled', { key });

  /** Kept up to now, and everything fired that is due. */
  async function settled(timers: Timers): Promise<void> {
    await timers.reached(await opened.log.head(), LONG);
    await timers.quiet();
  }

  const notes = async (key: string, community = 'sunshine'): Promise<string[]> =>
    (await opened.log.readStream(`note/${community}/${key}`)).map(
      ({ data }) => (data as { text: string }).text,
    );
  const pending = async (): Promise<string[]> => {
    const query = `select key from "${opened.schema}".timers order by key`;
    return (await logs.database.pool.query<{ key: string }>(query)).rows.map(({ key }) => key);
  };

  it('fire when they are due, not before, by the clock that decides, in their own name', async () => {
    const timers = started();
    await set('water', 48 * HOUR, '停水');
    clock.advance(48 * HOUR - 1);
    await settled(timers);
    expect(await notes('water')).toEqual([]);
    clock.advance(1);
    await timers.quiet();
    const [note] = await opened.log.readStream('note/sunshine/water');
    const [cause] = await opened.log.read({ after: 0n, limit: 1 });
    expect(note).toMatchObject({
      at: after(48 * HOUR),
      data: { text: '停水', by: `timer:${opened.schema}.alarm` },
      metadata: {
        correlationId: cause!.metadata.correlationId,
        causationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(await pending()).toEqual([]);
  });

  it('fire by the clock of the database, which it slept until', async () => {
    const timers = started({ clock: new DatabaseClock(logs.database.pool) });
    await timers.reached(0n, LONG);
    const noted = new Inbox<void>();
    const { rows } = await logs.database.pool.query<{ due: Date }>(
      `select clock_timestamp() + interval '200 ms' as due`,
    );
    const due = rows[0]!.due.toISOString();
    await append('AlarmSet', { key: 'soon', due });
    opened.log.onAppend(() => noted.take());
    await noted.until(1);
    const [note] = await opened.log.readStream('note/sunshine/soon');
    expect(note!.at >= due).toBe(true);
  });

  it('wake who sleeps for a later one', async () => {
    const timers = started();
    await set('later', 2 * HOUR);
    await settled(timers);
    await set('sooner', -SECOND);
    await timers.reached(2n, LONG);
    await timers.quiet();
    expect([await notes('sooner'), await pending()]).toEqual([['sooner'], ['later']]);
  });

  it('count by their last change, in one page and in several', async () => {
    await set('cancelled', HOUR);
    await cancel('cancelled');
    await cancel('set-again');
    await set('set-again', HOUR, 'old');
    await set('set-again', 2 * HOUR, 'new');
    await cancel('never-set');
    const timers = started();
    await settled(timers);
    expect(await pending()).toEqual(['set-again']);
    await set('moved', HOUR, 'first');
    await settled(timers);
    await set('moved', 3 * HOUR, 'second');
    await set('cancelled-later', 3 * HOUR);
    await settled(timers);
    await cancel('cancelled-later');
    await settled(timers);
    clock.advance(2 * HOUR);
    await settled(timers);
    expect([await notes('set-again'), await notes('moved')]).toEqual([['new'], []]);
    clock.advance(HOUR);
    await settled(timers);
    expect([await notes('moved'), await notes('cancelled-later'), await pending()]).toEqual([
      ['second'],
      [],
      [],
    ]);
  });

  it('fire each once with two runners side by side', async () => {
    const both = [started(), started()];
    const keys = Array.from({ length: 300 }, (_, n) => `key-${n}`);
    await Promise.all(keys.map((key, n) => set(key, n)));
    await Promise.all(both.map(settled));
    clock.advance(SECOND);
    await Promise.all(both.map(settled));
    await Promise.all(both.map(settled));
    expect(await Promise.all(keys.map((key) => notes(key)))).toEqual(keys.map((key) => [key]));
    expect(await pending()).toEqual([]);
  });

  it('are done once when the process dies between the command and the deletion', async () => {
    const { pool } = logs.database;
    await pool.query(`
      create function "${opened.schema}".fail() returns trigger language plpgsql as
        $$ begin raise 'the deletion failed' using errcode = '53100'; end $$;
      create trigger fail before delete on "${opened.schema}".timers for each row
        execute function "${opened.schema}".fail()`);
    const timers = started();
    await set('once', 0);
    await reports.until(2);
    expect([await notes('once'), await pending()]).toEqual([['once'], ['once']]);
    clock.advance(HOUR); // late by now, which another process finds out
    await pool.query(`drop trigger fail on "${opened.schema}".timers`);
    await settled(timers);
    expect([await notes('once'), await pending()]).toEqual([['once'], []]);
  });

  it('are derived from the log again for a new version, and what was done is not done again', async () => {
    await set('fired', 2 * HOUR);
    await set('waiting', 4 * HOUR);
    const first = started();
    await settled(first);
    clock.advance(2 * HOUR);
    await settled(first);
    await first.stop();
    await logs.database.pool.query(`delete from "${opened.schema}".timers`);
    const second = started({ timers: [{ ...(alarm as Timer), version: 2 }] });
    await settled(second);
    expect([await notes('fired'), await pending()]).toEqual([['fired'], ['waiting']]);
    clock.advance(2 * HOUR);
    await settled(second);
    expect([await notes('waiting'), reports.items]).toEqual([['waiting'], []]);
  });

  it('that are set again or cancelled while they fire are over, or wait anew', async () => {
    let fired: () => void = () => undefined;
    const firing = new Inbox<void>();
    const held = new Promise<void>((resolve) => (fired = resolve));
    const log = Object.create(opened.log, {
      append: {
        value: async (request: Parameters<EventLog['append']>[0]) => {
          firing.take();
          await held;
          return opened.log.append(request);
        },
      },
    }) as EventLog;
    await set('cancelled', 0);
    await set('set-again', 0, 'first');
    const timers = started({ log });
    await firing.until(2);
    await cancel('cancelled');
    const last = await set('set-again', HOUR, 'second');
    fired();
    await timers.reached(last, LONG);
    await timers.quiet();
    expect([await notes('cancelled'), await notes('set-again')]).toEqual([['cancelled'], ['first']]);
    expect(await pending()).toEqual(['set-again']);
    clock.advance(HOUR);
    await timers.quiet();
    expect(await notes('set-again')).toEqual(['first', 'second']);
  });

  it('all fire, as late ones, after nothing ran for two days', async () => {
    const keys = Array.from({ length: 1_000 }, (_, n) => `key-${n}`);
    await Promise.all(keys.map((key) => set(key, HOUR)));
    clock.advance(49 * HOUR);
    await settled(started());
    expect(await Promise.all(keys.map((key) => notes(key)))).toEqual(keys.map((key) => [`${key}, late`]));
    expect(await pending()).toEqual([]);
  });

  it('that were cancelled while nothing ran do not fire, however much the log says in between', async () => {
    const first = started();
    await set('cancelled', HOUR);
    await settled(first);
    await first.stop();
    await Promise.all(Array.from({ length: 1_500 }, (_, n) => set(`other-${n}`, 99 * HOUR)));
    await cancel('cancelled');
    clock.advance(2 * HOUR);
    await settled(started());
    expect(await notes('cancelled')).toEqual([]);
  });

  it('for the same thing fire in the order in which they are due', async () => {
    const sameThing: Timer = {
      ...(alarm as Timer),
      fire: ({ key }) => [intent(noteDecider, 'all', { type: 'Note', text: key })],
    };
    const keys = Array.from({ length: 40 }, (_, n) => String(n));
    await Promise.all(keys.map((key, n) => set(key, n)));
    clock.advance(SECOND);
    await settled(started({ timers: [sameThing] }));
    expect(await notes('all')).toEqual(keys);
  });

  it('that cannot be fired are tried later, and do not stand before the others', async () => {
    await set('bad', 0, 'unfireable');
    await set('good', 1);
    clock.advance(SECOND);
    const timers = started();
    await settled(timers);
    expect([await notes('good'), await pending()]).toEqual([['good'], ['bad']]);
    expect(reports.items).toEqual([
      'Timer alarm bad of sunshine cannot be fired; it is tried later: fire of alarm: planted',
    ]);
    clock.advance(SECOND);
    await timers.quiet();
    expect(reports.items).toHaveLength(2);
    clock.advance(SECOND);
    await timers.quiet();
    expect(reports.items).toHaveLength(2);
  });

  it('are over when the domain rejects what they ask', async () => {
    await set('no', 0, 'forbidden');
    await settled(started());
    expect([await notes('no'), await pending()]).toEqual([[], []]);
    expect(reports.items).toHaveLength(1);
  });

  it('pass over the stream of an event that sets none that could be kept', async () => {
    await append('AlarmSet', { key: 'never', due: 'soon' });
    await append('AlarmSet', { key: '', due: after(0) });
    await set('good', 0);
    await settled(started());
    expect([await notes('good'), reports.items.length]).toEqual([['good'], 2]);
  });

  it('wait where the plugin is not enabled, and fire as late ones when it is', async () => {
    const timers = started();
    await set('waits', 0, undefined, 'riverside');
    await settled(timers);
    clock.advance(HOUR);
    await settled(timers);
    expect([await notes('waits', 'riverside'), await pending()]).toEqual([[], ['waits']]);
    communities.enable('riverside');
    await timers.quiet();
    expect([await notes('waits', 'riverside'), await pending()]).toEqual([['waits, late'], []]);
  });

  it('are seen by the watchdog after a clock was set unseen, and what is overdue is told once', async () => {
    let shift = 0;
    let held = true;
    const unseen: TimerClock = {
      now: () => Promise.resolve(new Date(Date.parse(START) + shift)),
      onStep: () => () => undefined,
    };
    const log = Object.create(opened.log, {
      append: {
        value: (request: Parameters<EventLog['append']>[0]) =>
          held ? Promise.reject(new Error('away')) : opened.log.append(request),
      },
    }) as EventLog;
    const timers = started({ clock: unseen, log, watchEveryMs: 25 });
    await set('one', HOUR);
    await set('two', 2 * HOUR);
    await settled(timers);
    shift = 49 * HOUR;
    const overdue = (): string[] => reports.items.filter((report) => report.includes('overdue'));
    for (let count = 1; overdue().length === 0; count++) await reports.until(count);
    const seen = reports.items.length;
    await reports.until(seen + 2);
    expect(overdue()).toEqual([`2 timers are overdue, the oldest since ${after(HOUR)}`]);
    held = false;
    await settled(timers);
    expect([await notes('one'), await notes('two')]).toEqual([['one, late'], ['two, late']]);
    shift = -49 * HOUR; // and back: nothing is early
    await set('three', 0);
    await settled(timers);
    expect(await notes('three')).toEqual([]);
  });
});
