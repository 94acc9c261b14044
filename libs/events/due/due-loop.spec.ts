import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Inbox } from '@weinao/testing';
import { DueLoop } from './due-loop.ts';
import type { DueLoopOptions } from './due-loop.ts';
import { VirtualClock } from './timer-clock.ts';

const START = '2026-03-02T08:00:00.000Z';
const DAY = 24 * 3_600_000;
const inMs = (ms: number): Date => new Date(Date.parse(START) + ms);

describe('a loop of what is due', () => {
  let clock: VirtualClock;
  let looks: Inbox<Date>;
  let next: Date | undefined;
  let loop: DueLoop;
  const reports: string[] = [];

  function start(more: Partial<DueLoopOptions> = {}): void {
    loop = new DueLoop({
      name: 'Works',
      clock,
      takeDue: (now) => {
        looks.take(now);
        return Promise.resolve({ some: false, all: true });
      },
      nextDue: () => Promise.resolve(next),
      report: (message) => void reports.push(message),
      ...more,
    });
    loop.start();
  }

  beforeEach(() => {
    clock = new VirtualClock(START);
    looks = new Inbox();
    next = undefined;
    reports.splice(0);
  });
  afterEach(() => loop.stop());

  /** Whether it looked by itself: a question that it answers was put after, and counts as one look. */
  async function looksSince(count: number): Promise<number> {
    await loop.quiet();
    return looks.items.length - count - 1;
  }

  it('sleeps until the next one is due, and wakes for an earlier one only', async () => {
    next = inMs(60 * DAY); // more than setTimeout takes
    start();
    await loop.quiet();
    const before = looks.items.length;
    loop.wakeBy(inMs(61 * DAY));
    expect(await looksSince(before)).toBe(0);
    loop.wakeBy(inMs(DAY));
    await looks.until(before + 2);
  });

  it('wakes when the clock is set', async () => {
    next = inMs(2 * DAY);
    start();
    await loop.quiet();
    const before = looks.items.length;
    clock.advance(DAY);
    const [, seen] = (await looks.until(before + 1)).slice(before - 1);
    expect(seen).toEqual(inMs(DAY));
  });

  it('looks again for as long as there is something', async () => {
    let left = 3;
    start({
      takeDue: (now) => {
        looks.take(now);
        left--;
        return Promise.resolve({ some: left >= 0, all: false });
      },
    });
    await looks.until(4);
  });

  it('waits a little where somebody else holds what is due, and asks again', async () => {
    next = inMs(-1);
    start();
    await looks.until(3);
  });

  it('says what failed, and tries again', async () => {
    let fails = 2;
    start({
      takeDue: (now) => {
        looks.take(now);
        return fails-- > 0
          ? Promise.reject(new Error('planted'))
          : Promise.resolve({ some: false, all: true });
      },
    });
    await loop.quiet();
    expect(reports).toEqual(Array(2).fill('Works failed; trying again'));
  });

  it('is watched, and woken, at intervals, and outlives a watchdog that fails', async () => {
    next = inMs(DAY);
    const watched = new Inbox<Date>();
    start({
      watchEveryMs: 5,
      watch: (now) => {
        watched.take(now);
        return Promise.reject(new Error('planted'));
      },
    });
    await watched.until(2);
    await looks.until(3);
    expect(reports[0]).toBe('The watchdog of Works failed; it looks again');
  });

  it('waits for what is under way when it is stopped', async () => {
    const begun = new Inbox<Date>();
    let end: () => void = () => undefined;
    let ended = false;
    start({
      takeDue: async (now) => {
        begun.take(now);
        await new Promise<void>((resolve) => (end = resolve));
        ended = true;
        return { some: true, all: true };
      },
    });
    await begun.until(1);
    const stopped = loop.stop();
    end();
    await stopped;
    expect([ended, begun.items.length]).toEqual([true, 1]);
  });
});
