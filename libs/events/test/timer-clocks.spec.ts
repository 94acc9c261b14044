import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import pg from 'pg';
import { DatabaseClock, VirtualClock, VirtualDatabaseClock } from '../index.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('clocks of timers', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  const databaseTime = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ ms: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
    );
    return rows[0]!.ms;
  };

  it('of the database go with it, and never before it', async () => {
    const clock = new DatabaseClock(database.pool);
    const before = await databaseTime();
    const now = (await clock.now()).getTime();
    const after = await databaseTime();
    expect(now).toBeGreaterThan(before - 1);
    expect(now).toBeLessThanOrEqual(after);
  });

  it('that are virtual stand still until they are set, and tell of it', async () => {
    const clock = new VirtualClock('2026-03-02T08:00:00.000Z');
    let steps = 0;
    const stop = clock.onStep(() => steps++);
    clock.advance(48 * HOUR);
    expect([await clock.now(), clock.clock()]).toEqual(Array(2).fill(new Date('2026-03-04T08:00:00.000Z')));
    clock.set('2026-03-01T08:00:00.000Z');
    expect([(await clock.now()).toISOString(), steps]).toEqual(['2026-03-01T08:00:00.000Z', 2]);
    stop();
    clock.advance(1);
    expect(steps).toBe(2);
  });

  it('that are virtual in the database are ahead by as much for everybody, also after a crash', async () => {
    const clock = await VirtualDatabaseClock.open(database.pool, 'virtual-time');
    let steps = 0;
    clock.onStep(() => steps++);
    await clock.advance(47 * HOUR + 59 * MINUTE);

    const another = new pg.Pool({ connectionString: database.url });
    const successor = await VirtualDatabaseClock.open(another, 'virtual-time');
    await successor.advance(MINUTE);
    for (const one of [clock, successor]) {
      const before = await databaseTime();
      const ahead = (await one.now()).getTime() - 48 * HOUR;
      expect(ahead).toBeGreaterThan(before - 1);
      expect(ahead).toBeLessThanOrEqual(await databaseTime());
      const between = one.clock().getTime() - 48 * HOUR - (await databaseTime());
      expect(Math.abs(between)).toBeLessThan(MINUTE);
    }
    await clock.set('2030-01-01T00:00:00.000Z');
    expect((await successor.now()).getUTCFullYear()).toBe(2030);
    expect(steps).toBe(2);
    await another.end();
  });
});
