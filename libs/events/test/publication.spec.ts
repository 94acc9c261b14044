import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import type { OpenBus } from '@weinao/testing';
import { buses } from './bus.openers.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { openTicketsIn } from './tickets/ticket-list.database.ts';
import { unreliable } from './unreliable.bus.ts';
import {
  Consumer,
  createKernelSchema,
  LogResponder,
  PostgresEventLog,
  Publisher,
  SharedDoorbell,
} from '../index.ts';
import type { Bus, ConsumedEvent, Message } from '../index.ts';

const LONG = 30_000;

describe.each(buses)('publication over %s', (_name, openBus) => {
  let logs: PostgresLogs;
  let opened: OpenBus;
  let plugin: string;
  let log: PostgresEventLog;
  const stops: (() => Promise<void>)[] = [];
  const quiet = (): void => undefined;

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await openBus();
    plugin = `p-${randomBytes(6).toString('hex')}`; // the NATS server is everybody's
    await createKernelSchema(logs.database.pool, plugin);
    log = new PostgresEventLog(logs.database.pool, plugin);
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await opened.close();
    await log.close();
  });
  afterAll(() => logs.close());

  /** What a replica of the plugin runs that holds the lease. */
  function publish(bus = opened.bus, over = log): { stop(): Promise<void> } {
    const parts = [
      new LogResponder({ plugin, log: over, bus }),
      new SharedDoorbell({ plugin, log: over, bus, report: quiet }),
      new Publisher({ plugin, pool: logs.database.pool, log: over, bus, report: quiet }),
    ];
    for (const part of parts) part.start();
    const stop = async (): Promise<void> => void (await Promise.all(parts.map((part) => part.stop())));
    stops.push(stop);
    return { stop };
  }

  function consume(bus: Bus, more: { after?: bigint; handle?: (event: ConsumedEvent) => void } = {}) {
    const inbox = new Inbox<ConsumedEvent>();
    const consumer = new Consumer({ bus, plugin, after: 0n, handle: inbox.take, report: quiet, ...more });
    consumer.start();
    stops.push(() => consumer.stop());
    return { consumer, inbox };
  }

  const openTickets = (count: number): Promise<bigint> => openTicketsIn(log, count);

  const positions = (inbox: Inbox<ConsumedEvent>): number[] =>
    inbox.items.map(({ position }) => Number(position));
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);

  it('tells a CloudEvent of each event on the subject of its community, plugin and name', async () => {
    const heard = new Inbox();
    opened.bus.subscribe(`evt.riverside.${plugin}.>`, heard.take);
    publish();
    const metadata = { communityId: 'riverside', causationId: 'timer-7' };
    await log.append(appendRequest({ events: [factOf('TicketOpened')] }));
    const events = [factOf('TicketReopened', { reason: '又坏了' }, metadata)];
    const [event] = await log.append(appendRequest({ events, communityId: 'riverside' }));
    const [message] = await heard.until(1);
    expect(message?.subject).toBe(`evt.riverside.${plugin}.ticket-reopened`);
    expect(JSON.parse(message?.text ?? '')).toEqual({
      specversion: '1.0',
      id: event?.id,
      source: `/plugins/${plugin}`,
      type: `${plugin}.TicketReopened`,
      subject: event?.stream,
      time: '2026-03-02T08:00:00.000Z',
      datacontenttype: 'application/json',
      data: { reason: '又坏了' },
      communityid: 'riverside',
      actorid: 'worker-1',
      correlationid: event?.metadata.correlationId,
      causationid: 'timer-7',
      sequence: '2',
      previous: '1',
      revision: 0,
      schemaversion: 1,
    });
  });

  it('brings each event to a consumer, once and in order, as it was', async () => {
    publish();
    const { consumer, inbox } = consume(await opened.another());
    await consumer.ready;
    await consumer.reached(await openTickets(50), LONG);
    expect(positions(inbox)).toEqual(upTo(50));
    const [first] = await log.read({ after: 0n, limit: 1 });
    const { communityId, actorId, correlationId } = first!.metadata;
    expect(inbox.items[0]).toEqual({
      id: first!.id,
      type: 'TicketOpened',
      at: first!.at,
      stream: first!.stream,
      data: { title: '楼道灯坏了' },
      position: 1n,
      metadata: { communityId, actorId, correlationId },
    });
  });

  it('brings everything to a consumer that starts late, and to one that goes on the rest', async () => {
    publish();
    const head = await openTickets(30);
    const late = consume(await opened.another());
    const goingOn = consume(await opened.another(), { after: 20n });
    await Promise.all([late.consumer.ready, goingOn.consumer.ready]);
    await Promise.all([late.consumer.reached(head, LONG), goingOn.consumer.reached(head, LONG)]);
    expect(positions(late.inbox)).toEqual(upTo(30));
    expect(positions(goingOn.inbox)).toEqual(upTo(30).slice(20));
  });

  it('lets a consumer start before the plugin that publishes', async () => {
    const { consumer, inbox } = consume(await opened.another());
    await openTickets(3);
    publish();
    await consumer.ready;
    expect(positions(inbox)).toEqual(upTo(3));
  });

  it('repairs what the bus lost, and handles once what it brought twice', async () => {
    publish();
    const place = ({ text }: Message): number => Number(/"sequence":"(\d+)"/.exec(text)?.[1]);
    const copies = (message: Message): number => [1, 0, 2][place(message) % 3]!;
    const { consumer, inbox } = consume(unreliable(await opened.another(), copies));
    await consumer.ready;
    await openTickets(102);
    await inbox.until(102);
    expect(positions(inbox)).toEqual(upTo(102));
  });

  it('needs no message at all where somebody waits for a position', async () => {
    publish();
    const { consumer, inbox } = consume(unreliable(await opened.another(), () => 0));
    await consumer.ready;
    const head = await openTickets(10);
    expect(positions(inbox)).toEqual([]);
    await consumer.reached(head, LONG);
    expect(positions(inbox)).toEqual(upTo(10));
    await expect(consumer.reached(head + 1n, 10)).rejects.toThrow('did not come within 10 ms');
  });

  it('gives an event again to a handler that failed, before any later one', async () => {
    publish();
    const handled = new Inbox<number>();
    let failures = 0;
    const handle = ({ position }: ConsumedEvent): void => {
      if (position === 2n && failures++ < 2) throw new Error('planted');
      handled.take(Number(position));
    };
    const { consumer } = consume(await opened.another(), { handle });
    await consumer.ready;
    await openTickets(2); // nothing comes after the event that fails
    expect(await handled.until(2)).toEqual([1, 2]);
    await openTickets(1);
    expect(await handled.until(3)).toEqual([1, 2, 3]);
    expect(failures).toBe(3);
  });

  it('brings histories that are larger than a message', async () => {
    publish();
    const data = { text: '灯'.repeat(80_000) };
    for (let n = 0; n < 8; n++) await log.append(appendRequest({ events: [factOf('TicketNoted', data)] }));
    const { consumer, inbox } = consume(await opened.another());
    await consumer.ready;
    expect(positions(inbox)).toEqual(upTo(8));
    expect(inbox.items.every((event) => JSON.stringify(event.data) === JSON.stringify(data))).toBe(true);
  });

  it('goes on where it stopped, and rings the logs of the plugin’s other processes', async () => {
    const first = publish();
    const { consumer, inbox } = consume(await opened.another());
    await consumer.ready;
    await consumer.reached(await openTickets(5), LONG);
    await first.stop();
    const elsewhere = new PostgresEventLog(logs.database.pool, plugin);
    const rung = new Inbox<string>();
    elsewhere.onAppend(() => rung.take('rung'));
    publish(await opened.another(), elsewhere);
    publish(await opened.another());
    await openTickets(5);
    await rung.until(1);
    await consumer.reached(10n, LONG);
    expect(positions(inbox)).toEqual(upTo(10));
    await elsewhere.close();
  });

  it('does not fail an append when the bus is gone', async () => {
    publish();
    await opened.bus.close();
    expect(await log.append(appendRequest())).toHaveLength(1);
  });
});
