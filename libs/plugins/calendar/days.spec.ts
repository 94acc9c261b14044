import { describe, expect, it } from '@jest/globals';
import { ageOn, bornBy, dayIn } from './days.ts';

describe('the day of a community', () => {
  it('begins at midnight where the community is', () => {
    expect(dayIn('Asia/Shanghai', '2026-03-01T15:59:59.999Z')).toBe('2026-03-01');
    expect(dayIn('Asia/Shanghai', '2026-03-01T16:00:00.000Z')).toBe('2026-03-02');
  });
});

describe('the age of somebody', () => {
  it('grows on the birthday, and for who was born on the 29th of February on the 1st of March', () => {
    expect(ageOn('2026-03-04', '1941-03-05')).toBe(84);
    expect(ageOn('2026-03-05', '1941-03-05')).toBe(85);
    expect(ageOn('2026-02-28', '1940-02-29')).toBe(85);
    expect(ageOn('2026-03-01', '1940-02-29')).toBe(86);
    expect(ageOn('2028-02-29', '1940-02-29')).toBe(88);
  });

  it('is reached by who was born on that day or before', () => {
    for (const [today, birthDate, age] of [
      ['2026-03-05', '1941-03-05', 85],
      ['2026-03-01', '1940-02-29', 86],
    ] as const) {
      expect(birthDate <= bornBy(today, age)).toBe(true);
      expect(birthDate <= bornBy(today, age + 1)).toBe(false);
    }
    expect('1940-02-29' <= bornBy('2026-02-28', 86)).toBe(false);
  });
});
