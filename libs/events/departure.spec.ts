import { describe, expect, it } from '@jest/globals';
import { Departure } from './departure.ts';

const never = new Promise<string>(() => undefined);

describe('who may leave while waiting', () => {
  it('gets what came', async () => {
    const departure = new Departure();
    expect(await departure.unlessLeft(Promise.resolve('the page'))).toBe('the page');
  });

  it('hears why it cannot come', async () => {
    const departure = new Departure();
    await expect(departure.unlessLeft(Promise.reject(new Error('no server')))).rejects.toThrow('no server');
  });

  it('leaves without it', async () => {
    const departure = new Departure();
    const waiting = departure.unlessLeft(never);
    departure.leave();
    expect(await waiting).toBeUndefined();
  });

  it('does not wait again after that', async () => {
    const departure = new Departure();
    departure.leave();
    expect(await departure.unlessLeft(never)).toBeUndefined();
  });
});
