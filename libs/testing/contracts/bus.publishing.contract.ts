import { describe, expect, it } from '@jest/globals';
import type { BusUnderTest } from './bus.opening.ts';
import { Inbox, untilSubscribed } from './inbox.ts';

export function publishingContract(underTest: () => BusUnderTest): void {
  const texts = (inbox: Inbox): string[] => inbox.items.map(({ text }) => text);

  describe('publishing', () => {
    it('tells every listener, with subject and text intact', async () => {
      const { bus, other, subject } = underTest();
      const [screen, phone] = [new Inbox(), new Inbox()];
      bus.subscribe(subject('notice'), screen.take);
      other.subscribe(subject('notice'), phone.take);
      await untilSubscribed(bus, other);
      const text = '停水通知 💧 "14:00"\n第二行\t\u2028';
      other.publish(subject('notice'), text);
      for (const inbox of [screen, phone]) {
        expect(await inbox.until(1)).toEqual([{ subject: subject('notice'), text }]);
      }
    });

    it.each([
      ['notices.*', ['notices.published', 'notices.withdrawn']],
      ['*.published', ['notices.published', 'guides.published']],
      ['*.*', ['notices.published', 'guides.published', 'notices.withdrawn']],
      ['notices.>', ['notices.published', 'notices.withdrawn', 'notices.published.again']],
      [
        '>',
        ['notices.published', 'guides.published', 'notices', 'notices.withdrawn', 'notices.published.again'],
      ],
      ['notices', ['notices']],
      ['notice', []],
    ])('lets %s hear exactly what it names', async (pattern, heard) => {
      const { bus, other, subject } = underTest();
      const [inbox, end] = [new Inbox(), new Inbox()];
      bus.subscribe(subject(`plugin.${pattern}`), inbox.take);
      bus.subscribe(subject('end'), end.take);
      await untilSubscribed(bus);
      const told = [
        'notices.published',
        'guides.published',
        'notices',
        'notices.withdrawn',
        'notices.published.again',
      ];
      for (const name of told) other.publish(subject(`plugin.${name}`), name);
      other.publish(subject('end'), '');
      await end.until(1);
      expect(texts(inbox)).toEqual(heard);
    });

    it('keeps the order of a publisher, over all the subjects that a listener hears', async () => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      bus.subscribe(subject('tickets.*'), inbox.take);
      await untilSubscribed(bus);
      const sent = Array.from({ length: 1_000 }, (_, n) => `${n}`);
      for (const text of sent) other.publish(subject(`tickets.${Number(text) % 7}`), text);
      await inbox.until(sent.length);
      expect(texts(inbox)).toEqual(sent);
    });

    it('tells a listener nothing more once it has left', async () => {
      const { bus, other, subject } = underTest();
      const [leaver, stayer] = [new Inbox(), new Inbox()];
      const subscription = bus.subscribe(subject('notice'), leaver.take);
      bus.subscribe(subject('notice'), stayer.take);
      await untilSubscribed(bus);
      other.publish(subject('notice'), 'one');
      await Promise.all([leaver.until(1), stayer.until(1)]);
      await subscription.stop();
      other.publish(subject('notice'), 'two');
      await stayer.until(2);
      expect(texts(leaver)).toEqual(['one']);
    });

    it('goes on when a listener fails, and so do the others', async () => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      const failing = new Inbox();
      bus.subscribe(subject('notice'), (message) => {
        failing.take(message);
        throw new Error('this screen is broken');
      });
      bus.subscribe(subject('notice'), inbox.take);
      await untilSubscribed(bus);
      for (const text of ['one', 'two']) other.publish(subject('notice'), text);
      await Promise.all([inbox.until(2), failing.until(2)]);
      expect(texts(inbox)).toEqual(['one', 'two']);
    });

    it('has given the server everything once it is flushed', async () => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      other.subscribe(subject('tickets.*'), inbox.take);
      await untilSubscribed(other);
      const sent = Array.from({ length: 1_000 }, (_, n) => `${n}`);
      for (const text of sent) bus.publish(subject('tickets.opened'), text, { messageId: `ticket-${text}` });
      await bus.flush();
      await untilSubscribed(other); // what the server has sent before its answer, has come before it
      expect(texts(inbox)).toEqual(sent);
    });

    it('shows a listener the same message, with an id for a stream or without', async () => {
      const { bus, other, subject } = underTest();
      const inbox = new Inbox();
      bus.subscribe(subject('notice'), inbox.take);
      await untilSubscribed(bus);
      for (const options of [undefined, {}, { messageId: 'notice-1' }, { messageId: 'notice-1' }]) {
        other.publish(subject('notice'), '停水', options);
      }
      expect(await inbox.until(4)).toEqual(Array(4).fill({ subject: subject('notice'), text: '停水' }));
    });

    it('is no store: who comes later hears only what comes later', async () => {
      const { bus, other, subject } = underTest();
      other.publish(subject('notice'), 'too early');
      await untilSubscribed(other);
      const inbox = new Inbox();
      bus.subscribe(subject('notice'), inbox.take);
      await untilSubscribed(bus);
      other.publish(subject('notice'), 'in time');
      await inbox.until(1);
      expect(texts(inbox)).toEqual(['in time']);
    });
  });
}
