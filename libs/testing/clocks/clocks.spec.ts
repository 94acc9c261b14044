import { describe, expect, it } from '@jest/globals';
import { CountedIds, numberedId } from './counted.ids.ts';
import { ManualClock } from './manual.clock.ts';

describe('the manual clock', () => {
  it('stands still until it is told how much time has passed', () => {
    const clock = new ManualClock('2026-03-02T08:00:00.000Z');
    const { now } = clock;
    expect([now(), now()].map(String)).toEqual([String(now()), String(now())]);
    clock.advance(48 * 3_600_000);
    expect(now().toISOString()).toBe('2026-03-04T08:00:00.000Z');
  });
});

describe('counted ids', () => {
  it('are UUIDs, one after the other', () => {
    const { next } = new CountedIds();
    expect([next(), next()]).toEqual([numberedId(1), numberedId(2)]);
    expect(numberedId(255)).toBe('00000000-0000-8000-8000-0000000000ff');
  });
});
