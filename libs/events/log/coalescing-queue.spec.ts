import { describe, expect, it } from '@jest/globals';
import { CoalescingQueue } from './coalescing-queue.ts';

interface Item {
  readonly name: string;
  readonly keys: readonly string[];
}

type Results = PromiseSettledResult<string>[];

/** Batches stay in flight until the test lets them go. */
function openQueue(mostItems = 100) {
  const batches: { names: string[]; finish(results?: Results): void; fail(error: Error): void }[] = [];
  const queue = new CoalescingQueue<Item, string>({
    perform: (batch) =>
      new Promise((resolve, reject) => {
        const names = batch.map(({ name }) => name);
        const done: Results = names.map((name) => ({ status: 'fulfilled', value: `${name} done` }));
        batches.push({ names, finish: (results = done) => resolve(results), fail: reject });
      }),
    keysOf: ({ keys }) => keys,
    mostItems,
  });
  const submit = (name: string, ...keys: string[]): Promise<string> => queue.submit({ name, keys });
  const begun = (): string[][] => batches.map(({ names }) => names);
  return { queue, batches, submit, begun };
}

/** Everything that is only waiting for its turn has had it. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the coalescing queue', () => {
  it('takes the callers of one turn together, and those who come meanwhile next', async () => {
    const { batches, submit, begun } = openQueue();
    const answers = [submit('a'), submit('b')];
    await settled();
    answers.push(submit('c'), submit('d'));
    await settled();
    expect(begun()).toEqual([['a', 'b']]);
    batches[0]!.finish();
    await settled();
    expect(begun()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    batches[1]!.finish();
    expect(await Promise.all(answers)).toEqual(['a done', 'b done', 'c done', 'd done']);
  });

  it('gives each caller its own answer', async () => {
    const { batches, submit } = openQueue();
    const answers = Promise.allSettled([submit('a'), submit('b')]);
    await settled();
    const reason = new Error('only b');
    batches[0]!.finish([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason },
    ]);
    expect(await answers).toEqual([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason },
    ]);
  });

  it('fails a whole batch that could not be done, and goes on with the next', async () => {
    const { batches, submit } = openQueue();
    const failed = Promise.allSettled([submit('a'), submit('b')]);
    await settled();
    const next = submit('c');
    batches[0]!.fail(new Error('connection lost'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await settled();
    batches[1]!.finish();
    expect(await next).toBe('c done');
  });

  it('never puts two of one key in a batch, and nobody overtakes on a key', async () => {
    const { batches, submit, begun } = openQueue();
    void submit('a1', 'a');
    void submit('a2+b1', 'a', 'b');
    void submit('b2', 'b');
    void submit('c1', 'c');
    for (let n = 0; n < 3; n++) {
      await settled();
      batches[n]!.finish();
    }
    await settled();
    expect(begun()).toEqual([['a1', 'c1'], ['a2+b1'], ['b2']]);
  });

  it('takes no more than a batch may hold', async () => {
    const { batches, submit, begun } = openQueue(2);
    for (const name of ['a', 'b', 'c', 'd', 'e']) void submit(name);
    for (let n = 0; n < 3; n++) {
      await settled();
      batches[n]!.finish();
    }
    expect(begun()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('is drained when nothing waits or is in flight any more', async () => {
    const { queue, batches, submit } = openQueue(1);
    await queue.drained();
    void submit('a');
    void submit('b');
    let drained = false;
    const done = queue.drained().then(() => (drained = true));
    for (let n = 0; n < 2; n++) {
      await settled();
      expect(drained).toBe(false);
      batches[n]!.finish();
    }
    await done;
  });
});
