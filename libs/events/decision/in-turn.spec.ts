import { describe, expect, it } from '@jest/globals';
import { inTurn } from './in-turn.ts';
import type { Turn } from './in-turn.ts';

describe('works in turn', () => {
  const done: string[] = [];
  const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  const work = (name: string, keys: readonly string[], ticks = 1): Turn => ({
    keys,
    run: async () => {
      done.push(`${name} begins`);
      for (let n = 0; n < ticks; n++) await tick();
      done.push(`${name} ends`);
    },
  });

  it('go side by side, but one after the other where they share a key', async () => {
    done.splice(0);
    await inTurn([work('a', ['x', 'y'], 3), work('b', ['y']), work('c', ['z'])]);
    expect(done).toEqual(['a begins', 'c begins', 'c ends', 'a ends', 'b begins', 'b ends']);
  });

  it('are not begun behind one that failed, and the failure comes when all the others are through', async () => {
    done.splice(0);
    const failing: Turn = { keys: ['x'], run: () => Promise.reject(new Error('planted')) };
    await expect(inTurn([failing, work('a', ['x']), work('b', ['y'], 3)])).rejects.toThrow('planted');
    expect(done).toEqual(['b begins', 'b ends']);
  });
});
