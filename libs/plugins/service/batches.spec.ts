import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InProcessBus, MOST_MESSAGE_BYTES } from '@weinao/events';
import type { BusSubscription } from '@weinao/events';
import { Batches } from './batches.ts';
import { MOST_IN_A_BATCH } from '../wire/batch.protocol.ts';
import type { BatchReply } from '../wire/batch.protocol.ts';

const SUBJECT = 'gql.lamps';

let bus: InProcessBus;
let responder: BusSubscription;
let asked: unknown[];
/** Lets the request go on that waits for the street's electrician. */
let arrive: () => void;

beforeEach(() => {
  bus = new InProcessBus(() => undefined);
  asked = [];
  const electrician = new Promise<void>((resolve) => (arrive = resolve));
  responder = new Batches(bus, SUBJECT, async (request) => {
    asked.push(request);
    const { wait, fail, bytes = 0 } = request as { wait?: boolean; fail?: boolean; bytes?: number };
    if (fail) throw new Error('the lamp fell down');
    if (wait) await electrician;
    return JSON.stringify({ of: request, light: '灯'.repeat(bytes / 3) });
  }).respond('lamps');
});

afterEach(async () => {
  arrive();
  await responder.stop();
  await bus.close();
});

const ask = async (subject: string, message?: object): Promise<BatchReply> => {
  const text = message === undefined ? '' : JSON.stringify(message);
  return JSON.parse(await bus.request(subject, text, { timeoutMs: 5_000 })) as BatchReply;
};

/** Every answer of a batch, however many messages it takes. */
async function allOf(requests: readonly object[]): Promise<{ replies: unknown[]; messages: number }> {
  let reply = await ask(SUBJECT, { batch: requests });
  const replies: unknown[] = [...reply.batch];
  for (let messages = 1; ; messages++) {
    if (reply.rest === undefined) return { replies, messages };
    reply = await ask(reply.rest);
    for (const [place, one] of reply.batch.entries()) if (one !== null) replies[place] = one;
  }
}

describe('requests in one message', () => {
  it('are each answered in their place, and one alone as ever', async () => {
    const { replies, messages } = await allOf([{ lamp: 1 }, { lamp: 2 }]);
    expect({ replies, messages }).toEqual({
      replies: [
        { of: { lamp: 1 }, light: '' },
        { of: { lamp: 2 }, light: '' },
      ],
      messages: 1,
    });
    expect(await ask(SUBJECT, { lamp: 3 })).toEqual({ of: { lamp: 3 }, light: '' });
  });

  it('do not fail with another', async () => {
    const { replies } = await allOf([{ fail: true }, { lamp: 2 }]);
    expect(replies).toEqual([
      { refused: { code: 'REFUSED', message: 'the lamp fell down' } },
      { of: { lamp: 2 }, light: '' },
    ]);
  });

  it('do not wait for another that takes long, which is told afterwards, once', async () => {
    const first = await ask(SUBJECT, { batch: [{ wait: true }, { lamp: 2 }] });
    expect(first).toEqual({
      batch: [null, { of: { lamp: 2 }, light: '' }],
      rest: expect.stringMatching(/^gql\.lamps\.rest\./),
    });
    const rest = ask(first.rest!);
    arrive();
    expect(await rest).toEqual({ batch: [{ of: { wait: true }, light: '' }, null] });
    expect(asked).toHaveLength(2);
    await expect(ask(first.rest!)).rejects.toMatchObject({ code: 'NO_RESPONDER' });
  });

  it('are answered in several messages where one cannot hold their answers, and each is done once', async () => {
    const requests = Array.from({ length: 5 }, (_, lamp) => ({ lamp, bytes: 600_000 }));
    const { replies, messages } = await allOf(requests);
    expect(replies).toEqual(requests.map((request) => ({ of: request, light: '灯'.repeat(200_000) })));
    expect(messages).toBe(5);
    expect(asked).toHaveLength(5);
  });

  it('are refused alone where no message holds the answer', async () => {
    const { replies } = await allOf([{ bytes: MOST_MESSAGE_BYTES }, { lamp: 2 }]);
    expect(replies).toEqual([
      { refused: { code: 'TOO_LARGE', message: expect.any(String) } },
      { of: { lamp: 2 }, light: '' },
    ]);
  });

  it('are refused where they are no list, none, or too many', async () => {
    for (const batch of [{}, null, 'lamps', [], Array.from({ length: MOST_IN_A_BATCH + 1 }, () => ({}))])
      await expect(ask(SUBJECT, { batch })).rejects.toMatchObject({ code: 'REFUSED' });
    expect(asked).toEqual([]);
  });

  it('are answered to the last one by a service that stops meanwhile', async () => {
    const first = await ask(SUBJECT, { batch: [{ wait: true }, { lamp: 2 }] });
    const stopped = responder.stop();
    arrive();
    expect((await ask(first.rest!)).batch[0]).toEqual({ of: { wait: true }, light: '' });
    await stopped;
    await expect(ask(SUBJECT, { lamp: 3 })).rejects.toMatchObject({ code: 'NO_RESPONDER' });
  });
});
