import { describe, expect, it } from '@jest/globals';
import type { BusUnderTest } from './bus.opening.ts';
import { Inbox, untilSubscribed } from './inbox.ts';

const LONG = { timeoutMs: 30_000 };

export function requestingContract(underTest: () => BusUnderTest): void {
  describe('requesting', () => {
    it('brings the answer, with question and answer intact', async () => {
      const { bus, other, subject } = underTest();
      bus.respond(subject('echo.*'), 'echo', ({ subject: asked, text }) =>
        Promise.resolve(`${asked} ${text}`),
      );
      await untilSubscribed(bus);
      const text = '多少钱？ "¥5" 🧧\n';
      expect(await other.request(subject('echo.price'), text, LONG)).toBe(`${subject('echo.price')} ${text}`);
      expect(await other.request(subject('echo.empty'), '', LONG)).toBe(`${subject('echo.empty')} `);
    });

    it('gives each of many questions at once its own answer', async () => {
      const { bus, other, subject } = underTest();
      bus.respond(subject('echo'), 'echo', ({ text }) => Promise.resolve(text));
      await untilSubscribed(bus);
      const questions = Array.from({ length: 200 }, (_, n) => `${n}`);
      const answers = await Promise.all(questions.map((text) => other.request(subject('echo'), text, LONG)));
      expect(answers).toEqual(questions);
    });

    it('says at once when nobody answers, long before the deadline', async () => {
      const { other, subject } = underTest();
      const never = { timeoutMs: 2_000_000_000 };
      await expect(other.request(subject('nobody'), '', never)).rejects.toMatchObject({
        name: 'BusError',
        code: 'NO_RESPONDER',
      });
    });

    it('says so when the deadline passes', async () => {
      const { bus, other, subject } = underTest();
      let answer: (text: string) => void = () => undefined;
      bus.respond(subject('slow'), 'slow', () => new Promise((resolve) => (answer = resolve)));
      await untilSubscribed(bus);
      await expect(other.request(subject('slow'), '', { timeoutMs: 20 })).rejects.toMatchObject({
        code: 'TIMEOUT',
      });
      answer('too late');
    });

    it.each<[string, Error, string]>([
      ['a sentence', new Error('no such ticket'), 'no such ticket'],
      ['several lines', new Error('first\r\nsecond\nX-Header: third'), 'first\r\nsecond\nX-Header: third'],
      ['Chinese', new Error('工单不存在 100%'), '工单不存在 100%'],
      ['half a surrogate pair', new Error('broken \ud83d'), 'broken \ud83d'],
      ['no words', new Error(''), ''],
      ['what is no error', 'just a text' as never, 'just a text'],
      ['nothing', undefined as never, 'undefined'],
    ])('brings the refusal of a responder that throws %s', async (_name, thrown, message) => {
      const { bus, other, subject } = underTest();
      bus.respond(subject('refuse'), 'refuse', () => Promise.reject(thrown));
      await untilSubscribed(bus);
      await expect(other.request(subject('refuse'), '', LONG)).rejects.toMatchObject({
        code: 'REFUSED',
        message,
      });
    });

    it('brings the refusal of a responder that throws before it has a promise', async () => {
      const { bus, other, subject } = underTest();
      bus.respond(subject('refuse'), 'refuse', () => {
        throw new Error('at once');
      });
      await untilSubscribed(bus);
      await expect(other.request(subject('refuse'), '', LONG)).rejects.toMatchObject({
        code: 'REFUSED',
        message: 'at once',
      });
    });

    it('answers a quick question while a slow one is still being answered', async () => {
      const { bus, other, subject } = underTest();
      let answer: (text: string) => void = () => undefined;
      bus.respond(subject('work'), 'workers', ({ text }) =>
        text === 'slow' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(text),
      );
      await untilSubscribed(bus);
      const slow = other.request(subject('work'), 'slow', LONG);
      expect(await other.request(subject('work'), 'quick', LONG)).toBe('quick');
      answer('at last');
      expect(await slow).toBe('at last');
    });

    it('shares the questions among the responders of a queue', async () => {
      const { bus, other, subject } = underTest();
      const answered = { first: 0, second: 0 };
      for (const [connection, name] of [[bus, 'first'] as const, [other, 'second'] as const]) {
        connection.respond(subject('work'), 'workers', ({ text }) => {
          answered[name]++;
          return Promise.resolve(text);
        });
      }
      await untilSubscribed(bus, other);
      const questions = Array.from({ length: 200 }, (_, n) => `${n}`);
      const answers = await Promise.all(questions.map((text) => other.request(subject('work'), text, LONG)));
      expect(answers).toEqual(questions);
      expect(answered.first + answered.second).toBe(200);
      expect(answered.first).toBeGreaterThan(0);
      expect(answered.second).toBeGreaterThan(0);
    });

    it('asks the one that stays when the other leaves the queue', async () => {
      const { bus, other, subject } = underTest();
      const leaving = bus.respond(subject('work'), 'workers', () => Promise.resolve('the one that leaves'));
      other.respond(subject('work'), 'workers', () => Promise.resolve('the one that stays'));
      await untilSubscribed(bus, other);
      await leaving.stop();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => other.request(subject('work'), '', LONG)),
      );
      expect(new Set(answers)).toEqual(new Set(['the one that stays']));
    });

    it('lets a responder finish what it is answering before it is gone', async () => {
      const { bus, other, subject } = underTest();
      let answer: (text: string) => void = () => undefined;
      const asked = new Inbox<string>();
      const responder = bus.respond(subject('slow'), 'slow', ({ text }) => {
        asked.take(text);
        return new Promise((resolve) => (answer = resolve));
      });
      await untilSubscribed(bus);
      const answered = other.request(subject('slow'), '', LONG);
      await asked.until(1);
      let isGone = false;
      const stopped = responder.stop().then(() => (isGone = true));
      await untilSubscribed(other, other, other);
      expect(isGone).toBe(false);
      answer('done');
      expect(await answered).toBe('done');
      await stopped;
      await expect(other.request(subject('slow'), '', LONG)).rejects.toMatchObject({ code: 'NO_RESPONDER' });
    });
  });
}
