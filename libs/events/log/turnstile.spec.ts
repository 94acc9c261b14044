import { describe, expect, it } from '@jest/globals';
import { Turnstile } from './turnstile.ts';

/** Everything that is only waiting for its turn has had it. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function openTurnstile(most: number) {
  const turnstile = new Turnstile(most);
  const under: string[] = [];
  const finish = new Map<string, (error?: Error) => void>();
  const run = (name: string): Promise<string> =>
    turnstile.run(() => {
      under.push(name);
      return new Promise((resolve, reject) =>
        finish.set(name, (error) => (error ? reject(error) : resolve(`${name} done`))),
      );
    });
  return { turnstile, under, finish, run };
}

describe('a turnstile', () => {
  it('lets no more in than there is room for, and the others in their order', async () => {
    const { under, finish, run } = openTurnstile(2);
    const works = ['a', 'b', 'c', 'd'].map(run);
    expect(under).toEqual(['a', 'b']);
    finish.get('b')!();
    await settled();
    expect(under).toEqual(['a', 'b', 'c']);
    finish.get('a')!();
    await settled();
    finish.get('c')!();
    finish.get('d')!();
    expect(await Promise.all(works)).toEqual(['a done', 'b done', 'c done', 'd done']);
  });

  it('gives the place of a work that failed to the next', async () => {
    const { under, finish, run } = openTurnstile(1);
    const failing = run('a');
    const next = run('b');
    finish.get('a')!(new Error('a failed'));
    await expect(failing).rejects.toThrow('a failed');
    await settled();
    expect(under).toEqual(['a', 'b']);
    finish.get('b')!();
    expect(await next).toBe('b done');
  });

  it('is drained when nothing waits or is under way', async () => {
    const { turnstile, finish, run } = openTurnstile(1);
    await turnstile.drained();
    const works = [run('a'), run('b')];
    let drained = false;
    const waiting = turnstile.drained().then(() => (drained = true));
    finish.get('a')!();
    await settled();
    expect(drained).toBe(false);
    finish.get('b')!();
    await waiting;
    expect(await Promise.all(works)).toHaveLength(2);
  });
});
