import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { DateTimeScalar } from './date-time.scalar.ts';

const literal = (text: string): string => DateTimeScalar.parseLiteral(parseValue(text));

describe('a DateTime', () => {
  it.each([
    ['2026-11-24T18:30:00Z', '2026-11-24T18:30:00.000Z'],
    ['2026-11-24T18:30Z', '2026-11-24T18:30:00.000Z'],
    ['2026-11-25T02:30:00.125+08:00', '2026-11-24T18:30:00.125Z'],
    ['2028-02-29T00:00:00-01:30', '2028-02-29T01:30:00.000Z'],
  ])('%s is %s', (given, instant) => {
    expect(DateTimeScalar.parseValue(given)).toBe(instant);
    expect(literal(JSON.stringify(given))).toBe(instant);
  });

  it.each([
    ['a day without a time', '2026-11-24'],
    ['a time without an offset', '2026-11-24T18:30:00'],
    ['words', 'tomorrow'],
    ['nothing', ''],
    ['a month that there is not', '2026-13-01T00:00:00Z'],
    ['a day that February has not', '2026-02-30T00:00:00Z'],
    ['an hour that there is not', '2026-11-24T25:00:00Z'],
    ['a number', 1_764_000_000],
    ['null', null],
  ])('is not %s', (_what, given) => {
    expect(() => DateTimeScalar.parseValue(given)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
    );
    expect(() => literal(JSON.stringify(given))).toThrow('A DateTime is a text');
  });

  it('goes out in UTC, from a text or from a Date', () => {
    expect(DateTimeScalar.serialize('2026-11-24T18:30:00.000Z')).toBe('2026-11-24T18:30:00.000Z');
    expect(DateTimeScalar.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  });
});
