import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InProcessBus, MOST_MESSAGE_BYTES } from '@weinao/events';
import type { SubgraphReply } from '@weinao/plugins';
import { QUEUE_LIMITS, SubgraphQueue } from '../composition/subgraph.queue.ts';
import type { QueueLimits } from '../composition/subgraph.queue.ts';

interface Message {
  readonly query?: string;
  readonly batch?: readonly { readonly query: string }[];
}

let bus: InProcessBus;
/** What came in, in one message or several. */
let messages: Message[];

beforeEach(() => {
  bus = new InProcessBus(() => undefined);
  messages = [];
});

afterEach(() => bus.close());

const replyTo = ({ query }: { readonly query?: string }): SubgraphReply => ({ result: { data: { query } } });

/** A plugin that answers at once. */
function listen(answer: (message: Message) => unknown = answerAll): void {
  bus.respond('gql.alerts', 'alerts', async ({ text }) => {
    const message = JSON.parse(text) as Message;
    messages.push(message);
    return JSON.stringify(await answer(message));
  });
}

const answerAll = (message: Message): unknown =>
  message.batch ? { batch: message.batch.map(replyTo) } : replyTo(message);

const queueOf = (batches: boolean, limits: Partial<QueueLimits> = {}): SubgraphQueue =>
  new SubgraphQueue('alerts', bus, () => batches, { ...QUEUE_LIMITS, ...limits });

const ask = (queue: SubgraphQueue, query: string): Promise<unknown> =>
  queue.ask(JSON.stringify({ query })).then(({ result }) => result.data!.query);

describe('requests that wait for the same plugin', () => {
  it('go in one message where the plugin takes that, and each gets its own answer', async () => {
    listen();
    const queue = queueOf(true);
    expect(await Promise.all(['a', 'b', 'c'].map((query) => ask(queue, query)))).toEqual(['a', 'b', 'c']);
    expect(messages).toEqual([{ batch: [{ query: 'a' }, { query: 'b' }, { query: 'c' }] }]);
  });

  it('go one by one to a plugin that does not, and alone where it is only one', async () => {
    listen();
    expect(await Promise.all(['a', 'b'].map((query) => ask(queueOf(false), query)))).toEqual(['a', 'b']);
    expect(await ask(queueOf(true), 'c')).toBe('c');
    expect(messages).toEqual([{ query: 'a' }, { query: 'b' }, { query: 'c' }]);
  });

  it('go in as many messages as they need', async () => {
    listen();
    const queue = queueOf(true);
    const queries = Array.from({ length: 5 }, (_, n) => `${n}${'灯'.repeat(130_000)}`);
    expect(await Promise.all(queries.map((query) => ask(queue, query)))).toEqual(queries);
    expect(messages.map(({ batch }) => batch?.length)).toEqual([2, 2, undefined]);
    await expect(ask(queue, 'x'.repeat(MOST_MESSAGE_BYTES))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(await Promise.all(Array.from({ length: 300 }, (_, n) => ask(queue, `${n}`)))).toHaveLength(300);
    expect(messages.slice(3).map(({ batch }) => batch?.length)).toEqual([128, 128, 44]);
  });

  it('are told one by one where the plugin answers so, and refused alone', async () => {
    listen(() => ({ batch: [null, replyTo({ query: 'b' }), null], rest: 'gql.alerts.rest.1' }));
    const refused = { refused: { code: 'TOO_LARGE', message: 'too much' } };
    bus.respond('gql.alerts.rest.1', 'rest', async () =>
      JSON.stringify({ batch: [replyTo({ query: 'a' }), null, refused] }),
    );
    const queue = queueOf(true);
    const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map((query) => ask(queue, query)));
    expect([a, b]).toMatchObject([{ value: 'a' }, { value: 'b' }]);
    expect(c).toMatchObject({ reason: { name: 'BusError', code: 'TOO_LARGE' } });
  });

  it('fail together where nobody is there, and the next one is asked anew', async () => {
    const queue = queueOf(true);
    const outcomes = await Promise.allSettled(['a', 'b'].map((query) => ask(queue, query)));
    expect(outcomes).toMatchObject([
      { reason: { code: 'NO_RESPONDER' } },
      { reason: { code: 'NO_RESPONDER' } },
    ]);
    listen();
    expect(await ask(queue, 'c')).toBe('c');
  });
});

describe('a plugin that is slow', () => {
  it.each([true, false])('is asked no more than it may have at a time, in batches: %s', async (batches) => {
    let answer: () => void = () => undefined;
    const later = new Promise<void>((resolve) => (answer = resolve));
    listen(async (message) => {
      await later;
      return answerAll(message);
    });
    const queue = queueOf(batches, { mostInFlight: 2, mostWaiting: 3 });
    const first = ['a', 'b'].map((query) => ask(queue, query));
    while (messages.length === 0) await new Promise(setImmediate);
    const waiting = ['c', 'd', 'e'].map((query) => ask(queue, query));
    await expect(ask(queue, 'f')).rejects.toMatchObject({ name: 'QueueFull' });
    expect(messages.flatMap(({ batch, query }) => batch ?? [{ query: query! }])).toHaveLength(2);
    answer();
    expect(await Promise.all([...first, ...waiting])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('has its deadline for what waits, too, and gets what comes afterwards', async () => {
    let free: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (free = resolve));
    listen((message) => (message.query === 'a' ? stuck : answerAll(message)));
    const queue = queueOf(true, { deadlineMs: 200, mostInFlight: 1, mostWaiting: 1 });
    const first = ask(queue, 'a');
    while (messages.length === 0) await new Promise(setImmediate);
    const outcomes = await Promise.allSettled([first, ask(queue, 'b'), ask(queue, 'c')]);
    expect(outcomes).toMatchObject([
      { reason: { code: 'TIMEOUT' } },
      { reason: { code: 'TIMEOUT' } },
      { reason: { name: 'QueueFull' } },
    ]);
    expect(await ask(queue, 'd')).toBe('d');
    free();
  });
});
