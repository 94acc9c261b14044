import { describe, expect, it } from '@jest/globals';
import { MOST_MESSAGE_BYTES } from '@weinao/events';
import type { BusUnderTest } from './bus.opening.ts';
import { Inbox, untilSubscribed } from './inbox.ts';

const LONG = { timeoutMs: 30_000 };
const LARGEST = 'x'.repeat(MOST_MESSAGE_BYTES);
const LARGEST_CHINESE = '灯'.repeat(Math.floor(MOST_MESSAGE_BYTES / 3));

export function sizeContract(underTest: () => BusUnderTest): void {
  describe('the size of a message', () => {
    it.each([
      ['the largest', LARGEST],
      ['the largest of three-byte characters', LARGEST_CHINESE],
    ])('lets %s pass, there and back', async (_name, text) => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      bus.subscribe(subject('photo'), inbox.take);
      bus.respond(subject('echo'), 'echo', (message) => Promise.resolve(message.text));
      await untilSubscribed(bus);
      other.publish(subject('photo'), text);
      const [message] = await inbox.until(1);
      expect(message?.text === text).toBe(true);
      expect((await other.request(subject('echo'), text, LONG)) === text).toBe(true);
    });

    it.each([
      ['one byte more', `${LARGEST}x`],
      ['few characters of too many bytes', `${LARGEST_CHINESE}灯灯`],
    ])('refuses %s, told or asked, and goes on', async (_name, text) => {
      const { bus, other, subject } = underTest();
      let asked = 0;
      bus.respond(subject('count'), 'count', () => Promise.resolve(`${++asked}`));
      await untilSubscribed(bus);
      expect(() => other.publish(subject('count'), text)).toThrow(
        expect.objectContaining({ code: 'TOO_LARGE' }),
      );
      await expect(other.request(subject('count'), text, LONG)).rejects.toMatchObject({ code: 'TOO_LARGE' });
      expect(await other.request(subject('count'), '', LONG)).toBe('1');
    });

    it('counts the id of a message and its header', async () => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      bus.subscribe(subject('photo'), inbox.take);
      await untilSubscribed(bus);
      const options = { messageId: 'photo-灯' };
      const header = Buffer.byteLength(`NATS/1.0\r\nNats-Msg-Id: ${options.messageId}\r\n\r\n`);
      const fitting = 'x'.repeat(MOST_MESSAGE_BYTES - header);
      expect(() => other.publish(subject('photo'), `${fitting}x`, options)).toThrow(
        expect.objectContaining({ code: 'TOO_LARGE' }),
      );
      other.publish(subject('photo'), fitting, options);
      const [message] = await inbox.until(1);
      expect(message?.text === fitting).toBe(true);
    });

    it('tells who asked that the answer is too large, and the responder goes on', async () => {
      const { bus, other, subject } = underTest();
      bus.respond(subject('export'), 'export', ({ text }) =>
        Promise.resolve(text === 'all' ? `${LARGEST}x` : text),
      );
      await untilSubscribed(bus);
      await expect(other.request(subject('export'), 'all', LONG)).rejects.toMatchObject({
        code: 'TOO_LARGE',
      });
      expect(await other.request(subject('export'), 'one', LONG)).toBe('one');
    });
  });
}
