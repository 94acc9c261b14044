import { describe, expect, it } from '@jest/globals';
import { isDatabaseOutage } from './database-outage.ts';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('a database that is away for a moment', () => {
  it.each([
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    failure('Connection terminated unexpectedly'),
    failure('the database system is starting up', '57P03'),
    failure('could not extend file "base/5/16385": No space left on device', '53100'),
    failure('sorry, too many clients already', '53300'),
  ])('is told from a fault: %s', (error) => {
    expect(isDatabaseOutage(error)).toBe(true);
  });
});

describe('a fault of a program', () => {
  it.each([
    failure('relation "errand" does not exist', '42P01'),
    failure('duplicate key value violates unique constraint', '23505'),
    failure('Cannot read properties of undefined'),
  ])('is told from an outage: %s', (error) => {
    expect(isDatabaseOutage(error)).toBe(false);
  });
});
