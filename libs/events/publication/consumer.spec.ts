import { expect, it } from '@jest/globals';
import { Inbox, recorded } from '@weinao/testing';
import { toCloudEvent } from './cloud-event.ts';
import { Consumer } from './consumer.ts';
import { InProcessBus } from '../bus/in-process.bus.ts';
import type { ConsumedEvent } from './cloud-event.ts';

const opened = toCloudEvent('tickets', recorded({ type: 'TicketOpened', data: {} }, { position: 1n }), 0n);

it('reads once more for who waits while the answer of an earlier reading is on its way', async () => {
  const bus = new InProcessBus(() => undefined);
  const asked = new Inbox<string>();
  let answerFirst: (page: string) => void = () => undefined;
  bus.respond('log.tickets.read', 'tickets', ({ text }) => {
    asked.take(text);
    if (asked.items.length > 1) return Promise.resolve(JSON.stringify({ events: [opened], head: '1' }));
    return new Promise((resolve) => (answerFirst = resolve));
  });
  const inbox = new Inbox<ConsumedEvent>();
  const consumer = new Consumer({
    bus,
    plugin: 'tickets',
    after: 0n,
    handle: inbox.take,
    report: () => undefined,
  });
  consumer.start();
  await asked.until(1);

  const reached = consumer.reached(1n, 30_000);
  answerFirst(JSON.stringify({ events: [], head: '0' })); // written before the ticket was opened, and no ring follows

  await reached;
  expect(inbox.items.map(({ type }) => type)).toEqual(['TicketOpened']);
  await consumer.stop();
  await bus.close();
});
