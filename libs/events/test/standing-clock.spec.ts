import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, Inbox } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import pg from 'pg';
import { ClockHand } from '../due/clock-hand.ts';
import { StandingClock } from '../due/standing-clock.ts';

const HOUR_MS = 3_600_000;

describe('a clock that stands still', () => {
  let database: TestDatabase;
  const open: { close(): Promise<void> }[] = [];

  const opened = async <One extends { close(): Promise<void> }>(opening: Promise<One>): Promise<One> => {
    const one = await opening;
    open.push(one);
    return one;
  };
  const hand = async (): Promise<ClockHand> => opened(ClockHand.open(database.url) as Promise<ClockHand>);
  const steps = (clock: StandingClock): Inbox<Date> => {
    const inbox = new Inbox<Date>();
    clock.onStep(() => inbox.take(clock.clock()));
    return inbox;
  };

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await database.close();
  });

  it('begins with the time of its first opening, and keeps it', async () => {
    const clock = await opened(StandingClock.open(database.url));
    const begun = clock.clock();
    expect(Math.abs(Date.now() - begun.getTime())).toBeLessThan(60_000);
    expect(await clock.now()).toEqual(begun);
    expect((await opened(StandingClock.open(database.url))).clock()).toEqual(begun);
  });

  it('is moved for everybody at once, also for who comes later', async () => {
    const [one, other] = [
      await opened(StandingClock.open(database.url)),
      await opened(StandingClock.open(database.url)),
    ];
    const [seenByOne, seenByOther] = [steps(one), steps(other)];
    const then = one.clock().getTime() + 48 * HOUR_MS;
    expect(await (await hand()).advance(48 * HOUR_MS)).toEqual(new Date(then));
    for (const seen of [seenByOne, seenByOther]) expect(await seen.until(1)).toEqual([new Date(then)]);
    expect((await opened(StandingClock.open(database.url))).clock()).toEqual(new Date(then));
  });

  it('hears of a move again after its connection broke', async () => {
    const clock = await opened(StandingClock.open(database.url));
    const seen = steps(clock);
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'weinao clock listener' and datname = current_database()`,
    );
    await seen.until(1); // it listens again, and looks
    await (await hand()).advance(HOUR_MS);
    await seen.until(2);
  });

  it('says when every process has heard of a move, and when one has not', async () => {
    const clocks = [
      await opened(StandingClock.open(database.url)),
      await opened(StandingClock.open(database.url)),
    ];
    const moving = await hand();
    for (const hours of [1, 2]) {
      const then = await moving.advance(hours * HOUR_MS);
      expect(await moving.heardByAll(30_000)).toBe(true);
      expect(clocks.map((clock) => clock.clock())).toEqual([then, then]);
    }
    const deaf = new pg.Client({ connectionString: database.url, application_name: 'weinao clock listener' });
    await deaf.connect();
    await moving.advance(HOUR_MS);
    expect(await moving.heardByAll(100)).toBe(false);
    await deaf.end();
    expect(await moving.heardByAll(30_000)).toBe(true);
  });

  it('has no hand where there was never one', async () => {
    expect(await ClockHand.open(database.url)).toBeUndefined();
  });
});
