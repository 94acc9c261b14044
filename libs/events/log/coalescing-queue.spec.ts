import { describe, expect, it } from '@jest/globals';
import { CoalescingQueue } from './coalescing-queue.ts';

interface Item {
  readonly name: string;
  readonly keys: readonly string[];
  readonly weight: number;
}

type Results = PromiseSettledResult<string>[];

/** Batches stay in flight until the test lets them go. */
function openQueue(mostItems = 100, mostWeight = 1_000) {
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
    weightOf: ({ weight }) => weight,
    mostWeight,
  });
  const submit = (name: string, ...keys: string[]): Promise<string> =>
    queue.submit({ name, keys, weight: 1 });
  const submitHeavy = (name: string, weight: number): Promise<string> =>
    queue.submit({ name, keys: [], weight });
  const begun = (): string[][] => batches.map(({ names }) => names);
  return { queue, batches, submit, submitHeavy, begun };
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

  it('lets the next batch leave before the callers of the last one go on', async () => {
    const { batches, submit, begun } = openQueue(1);
    let begunWhenAnswered: string[][] = [];
    const first = submit('a').then(() => (begunWhenAnswered = begun()));
    void submit('b');
    await settled();
    batches[0]!.finish();
    await first;
    expect(begunWhenAnswered).toEqual([['a'], ['b']]);
    batches[1]!.finish();
    await settled();
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

  it('takes no more weight than a batch may have, but for one that has it alone', async () => {
    const { batches, submitHeavy, begun } = openQueue(100, 10);
    for (const [name, weight] of Object.entries({ a: 4, b: 6, c: 1, d: 30, e: 2 }))
      void submitHeavy(name, weight);
    for (let n = 0; n < 4; n++) {
      await settled();
      batches[n]!.finish();
    }
    await settled();
    expect(begun()).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  });

  it('says what weight waits, without what is in flight', async () => {
    const { queue, batches, submitHeavy } = openQueue();
    void submitHeavy('a', 4);
    expect(queue.waitingWeight).toBe(4);
    await settled();
    expect(queue.waitingWeight).toBe(0);
    void submitHeavy('b', 5);
    void submitHeavy('c', 6);
    expect(queue.waitingWeight).toBe(11);
    batches[0]!.finish();
    await settled();
    expect(queue.waitingWeight).toBe(0);
    batches[1]!.finish();
    await settled();
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
