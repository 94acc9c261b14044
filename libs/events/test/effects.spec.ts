import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { Effects, FinalFailure, listEffects, reviveEffect, VirtualClock } from '../index.ts';
import type { DueEffect, EffectState, OutsideEffect, PerformContext } from '../index.ts';

const LONG = 30_000;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

type SmsWanted = {
  readonly type: 'SmsWanted';
  readonly data: { readonly key: string; readonly text: string };
};
type Performed = DueEffect & PerformContext;

describe('outside effects', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let clock: VirtualClock;
  let reports: Inbox<string>;
  let performed: Inbox<Performed>;
  let answer: (effect: Performed) => Promise<void>;
  const stops: (() => Promise<void>)[] = [];

  /** Whoever is sent the SMS: notes it, and answers as the test wants. */
  const sms: OutsideEffect<SmsWanted> = {
    name: 'sms',
    version: 1,
    requests: ({ type, data: { key, text } }) =>
      type === 'SmsWanted' ? [{ key, kind: 'sms', payload: { text } }] : [],
    perform: (effect, context) => {
      const both = { ...effect, ...context };
      performed.take(both);
      return answer(both);
    },
  };

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    clock = new VirtualClock('2026-03-02T08:00:00.000Z');
    reports = new Inbox();
    performed = new Inbox();
    answer = () => Promise.resolve();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await opened.close();
  });
  afterAll(() => logs.close());

  function started(change: Partial<OutsideEffect<SmsWanted>> = {}): Effects {
    const effects = new Effects({
      plugin: opened.schema,
      pool: logs.database.pool,
      log: opened.log,
      clock,
      effects: [{ ...sms, ...change }],
      report: (message, error) => reports.take(error ? `${message}: ${(error as Error).message}` : message),
    });
    effects.start();
    stops.push(() => effects.stop());
    return effects;
  }

  async function want(key: string, text = '停水通知'): Promise<void> {
    await opened.log.append(appendRequest({ events: [factOf('SmsWanted', { key, text })] }));
  }

  async function settled(effects: Effects): Promise<void> {
    await effects.reached(await opened.log.head(), LONG);
    await effects.quiet();
  }

  async function states(): Promise<[string, EffectState, number][]> {
    const effects = await listEffects(logs.database.pool, opened.schema);
    return effects
      .map(({ key, state, tries }) => [key, state, tries] as [string, EffectState, number])
      .sort();
  }

  it('are performed with what the event wants and a key of their own, once', async () => {
    await want('to-wang');
    await want('to-wang', 'the same key again');
    await want('to-chen');
    const effects = started();
    await settled(effects);
    const [event] = await opened.log.read({ after: 0n, limit: 1 });
    const first = performed.items.find(({ key, payload }) => key.length === 36 && payload !== undefined);
    expect(first).toMatchObject({
      communityId: 'sunshine',
      kind: 'sms',
      payload: { text: '停水通知' },
      eventId: event!.id,
      tries: 1,
    });
    expect(new Set(performed.items.map(({ key }) => key)).size).toBe(2);
    expect(await states()).toEqual([
      ['to-chen', 'done', 1],
      ['to-wang', 'done', 1],
    ]);
  });

  it('are not made again by a new version, nor by two of it side by side', async () => {
    await want('first');
    const before = started();
    await settled(before);
    await before.stop();
    const both = [started({ version: 2 }), started({ version: 2 })];
    const keys = Array.from({ length: 50 }, (_, n) => String(n));
    await Promise.all(keys.map((key) => want(key)));
    for (const effects of both) await settled(effects);
    for (const effects of both) await settled(effects);
    expect(performed.items).toHaveLength(51);
    expect((await states()).every(([, state]) => state === 'done')).toBe(true);
  });

  it('are tried again, later each time and with the same key, until they are done', async () => {
    answer = ({ tries }) => (tries < 3 ? Promise.reject(new Error('busy')) : Promise.resolve());
    await want('retried');
    const effects = started();
    await settled(effects);
    expect(await states()).toEqual([['retried', 'pending', 1]]);
    clock.advance(499);
    await settled(effects);
    expect(performed.items).toHaveLength(1);
    clock.advance(501);
    await settled(effects);
    expect(performed.items).toHaveLength(2);
    clock.advance(2 * SECOND);
    await settled(effects);
    expect(await states()).toEqual([['retried', 'done', 3]]);
    expect(new Set(performed.items.map(({ key }) => key)).size).toBe(1);
    expect(reports.items).toEqual([
      'Effect sms retried of sunshine failed at try 1; it is tried again: busy',
      'Effect sms retried of sunshine failed at try 2; it is tried again: busy',
    ]);
  });

  it('are dead after their last try, with the reason, and live again when they are revived', async () => {
    answer = () => Promise.reject(new Error('no such \0 number'));
    await want('dead');
    const effects = started({ mostTries: 2 });
    await settled(effects);
    clock.advance(SECOND);
    await settled(effects);
    const { pool } = logs.database;
    expect(await listEffects(pool, opened.schema, { state: 'dead' })).toMatchObject([
      {
        name: 'sms',
        communityId: 'sunshine',
        key: 'dead',
        state: 'dead',
        tries: 2,
        error: 'no such \uFFFD number',
      },
    ]);
    clock.advance(HOUR);
    await settled(effects);
    expect(performed.items).toHaveLength(2);
    answer = () => Promise.resolve();
    const key = { name: 'sms', communityId: 'sunshine', key: 'dead' };
    expect(await reviveEffect(pool, opened.schema, key)).toBe(true);
    await settled(effects);
    expect(await states()).toEqual([['dead', 'done', 1]]);
    expect(await reviveEffect(pool, opened.schema, key)).toBe(false);
  });

  it('are dead at once when the other side refuses for good', async () => {
    answer = () => Promise.reject(new FinalFailure('no such number'));
    await want('refused');
    await settled(started());
    expect(await states()).toEqual([['refused', 'dead', 1]]);
  });

  it('are cut off at their deadline, also where they do not heed it', async () => {
    answer = () => new Promise(() => undefined);
    await want('hangs');
    await settled(started({ deadlineMs: 20 }));
    expect(performed.items[0]?.signal.aborted).toBe(true);
    expect(reports.items).toEqual([
      'Effect sms hangs of sunshine failed at try 1; it is tried again: It was not done within 20 ms',
    ]);
  });

  it('are taken again after their lease when the process dies while it performs', async () => {
    await want('orphan');
    const effects = started();
    answer = async () => {
      // as if it had died: nothing of this try can be noted
      await logs.database.pool.query(`alter table "${opened.schema}".effects rename to effects_away`);
    };
    await effects.reached(1n, LONG);
    await reports.until(1);
    await effects.stop();
    await logs.database.pool.query(`alter table "${opened.schema}".effects_away rename to effects`);
    expect(await states()).toEqual([['orphan', 'pending', 1]]);
    answer = () => Promise.resolve();
    const successor = started();
    await settled(successor);
    expect(performed.items).toHaveLength(1);
    clock.advance(30 * SECOND);
    await settled(successor);
    expect(await states()).toEqual([['orphan', 'done', 2]]);
    expect(new Set(performed.items.map(({ key }) => key)).size).toBe(1);
  });

  it('that are broken off by a stop count as not tried, and are due at once', async () => {
    answer = ({ signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('broken off'))),
      );
    await want('slow');
    const effects = started();
    await performed.until(1);
    await effects.stop();
    expect([await states(), reports.items]).toEqual([[['slow', 'pending', 0]], []]);
    answer = () => Promise.resolve();
    await settled(started());
    expect(await states()).toEqual([['slow', 'done', 1]]);
  });

  it('that take long do not hold up the others', async () => {
    answer = ({ payload }) =>
      (payload as { text: string }).text === 'slow' ? new Promise(() => undefined) : Promise.resolve();
    for (let n = 0; n < 15; n++) await want(`slow-${n}`, 'slow');
    for (let n = 0; n < 40; n++) await want(`fast-${n}`);
    const effects = started();
    await performed.until(55);
    await effects.stop();
    expect((await states()).filter(([, state]) => state === 'done')).toHaveLength(40);
  });
});
