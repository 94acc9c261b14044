import { describe, expect, it } from '@jest/globals';
import type { BusUnderTest } from './bus.opening.ts';
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
      let isClosed = false;
      const closed = bus.close().then(() => (isClosed = true));
      await new Promise((resolve) => setImmediate(resolve));
      if (other !== bus) await untilSubscribed(other, other, other); // time enough to leave a server
      expect(isClosed).toBe(false);
      letAnswer();
      await closed;
      const settled = await answers;
      const answered = settled.filter(({ status }) => status === 'fulfilled');
      expect(answered).toHaveLength(taken.items.length);
      const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'NO_RESPONDER' });
    });

    it('answers also what came in while it was answering the rest', async () => {
      const { bus, other, subject } = underTest();
      const gates = new Map<string, () => void>();
      const taken = new Inbox<string>();
      bus.respond(subject('work'), 'workers', ({ text }) => {
        taken.take(text);
        return new Promise((resolve) => gates.set(text, () => resolve(text)));
      });
      await untilSubscribed(bus);
      const first = other.request(subject('work'), 'first', LONG);
      await taken.until(1);
      const late = other.request(subject('work'), 'late', LONG).catch((error: unknown) => error);
      const closed = bus.close();
      await Promise.race([taken.until(2), late]);
      gates.get('first')?.();
      expect(await first).toBe('first');
      if (other !== bus) await untilSubscribed(other, other, other);
      gates.get('late')?.();
      const answer = await late;
      if (answer !== 'late') expect(answer).toMatchObject({ code: 'NO_RESPONDER' });
      await closed;
    });

    it('brings what was told before it', async () => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      other.subscribe(subject('notice'), inbox.take);
      await untilSubscribed(other);
      for (let n = 0; n < 100; n++) bus.publish(subject('notice'), `${n}`);
      await bus.close();
      expect(await inbox.until(100)).toHaveLength(100);
    });

    it('refuses everything afterwards, and may be asked for twice', async () => {
      const { bus, subject } = underTest();
      await bus.close();
      await bus.close();
      const closed = expect.objectContaining({ code: 'CLOSED' });
      await expect(bus.request(subject('work'), '', LONG)).rejects.toEqual(closed);
      await expect(bus.flush()).rejects.toEqual(closed);
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
