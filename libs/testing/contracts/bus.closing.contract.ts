import { describe, expect, it } from '@jest/globals';
import type { BusUnderTest } from './bus.contract.ts';
import { Inbox, untilSubscribed } from './inbox.ts';

const LONG = { timeoutMs: 30_000 };

export function closingContract(underTest: () => BusUnderTest): void {
  describe('closing', () => {
    it('answers what came in first, and loses no question in silence', async () => {
      const { bus, other, subject } = underTest();
      let letAnswer: () => void = () => undefined;
      const open = new Promise<void>((resolve) => (letAnswer = resolve));
      const taken = new Inbox<string>();
      bus.respond(subject('work'), 'workers', async ({ text }) => {
        taken.take(text);
        await open;
        return text;
      });
      await untilSubscribed(bus);
      const questions = Array.from({ length: 200 }, (_, n) => `${n}`);
      const answers = Promise.allSettled(questions.map((text) => other.request(subject('work'), text, LONG)));
      await taken.until(1);
      const closed = bus.close();
      letAnswer();
      await closed;
      const settled = await answers;
      const answered = settled.filter(({ status }) => status === 'fulfilled');
      expect(answered).toHaveLength(taken.items.length);
      const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'NO_RESPONDER' });
    });

    it('refuses everything afterwards, and may be asked for twice', async () => {
      const { bus, subject } = underTest();
      await bus.close();
      await bus.close();
      const closed = expect.objectContaining({ code: 'CLOSED' });
      await expect(bus.request(subject('work'), '', LONG)).rejects.toEqual(closed);
      expect(() => bus.publish(subject('notice'), '')).toThrow(closed);
      expect(() => bus.subscribe(subject('notice'), () => undefined)).toThrow(closed);
      expect(() => bus.respond(subject('work'), 'workers', () => Promise.resolve(''))).toThrow(closed);
    });

    it('leaves subscriptions that can still be stopped', async () => {
      const { bus, subject } = underTest();
      const listener = bus.subscribe(subject('notice'), () => undefined);
      const responder = bus.respond(subject('work'), 'workers', () => Promise.resolve(''));
      await bus.close();
      await expect(listener.stop()).resolves.toBeUndefined();
      await expect(responder.stop()).resolves.toBeUndefined();
    });
  });
}
