import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Inbox, recorded } from '@weinao/testing';
import { toCloudEvent } from './cloud-event.ts';
import type { CloudEvent, ConsumedEvent } from './cloud-event.ts';
import { Consumer } from './consumer.ts';
import type { LogPage } from './log-responder.ts';
import { InProcessBus } from '../bus/in-process.bus.ts';

const LONG = 30_000;
const quiet = (): void => undefined;

/** The event at a position, in a log where each stands ten further than the one before it. */
const eventAt = (position: bigint, data: object = {}): CloudEvent =>
  toCloudEvent('tickets', recorded({ type: 'TicketOpened', data }, { position }), position - 10n);

describe('a consumer of a plugin that nobody runs', () => {
  it('says once that it waits, and again after the plugin was there and went', async () => {
    jest.useFakeTimers();
    const bus = new InProcessBus(quiet);
    const reports: string[] = [];
    const consumer = new Consumer({
      ...{ bus, plugin: 'tickets', after: 0n, handle: () => Promise.resolve() },
      report: (message) => void reports.push(message),
    });
    try {
      consumer.start();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(reports).toEqual(['Still waiting for the log of tickets']);
      const answer = JSON.stringify({ events: [], head: '0' } satisfies LogPage);
      const there = bus.respond('log.tickets.read', 'tickets', () => Promise.resolve(answer));
      await jest.advanceTimersByTimeAsync(60_000);
      await there.stop();
      await jest.advanceTimersByTimeAsync(120_000);
      expect(reports).toHaveLength(2);
    } finally {
      jest.useRealTimers();
      await consumer.stop();
      await bus.close();
    }
  });
});

describe('a consumer', () => {
  let bus: InProcessBus;
  let log: CloudEvent[];
  /** Positions after which the log was read. */
  let reads: Inbox<number>;
  let consumed: Inbox<number>;
  let consumer: Consumer;

  beforeEach(() => {
    bus = new InProcessBus(quiet);
    log = [];
    reads = new Inbox();
    consumed = new Inbox();
  });
  afterEach(async () => {
    await consumer.stop();
    await bus.close();
  });

  const pageAfter = (after: number): string => {
    const events = log.filter(({ sequence }) => Number(sequence) > after).slice(0, 5);
    return JSON.stringify({ events, head: log.at(-1)?.sequence ?? '0' } satisfies LogPage);
  };

  function answer(answering = (after: number) => Promise.resolve(pageAfter(after))): void {
    bus.respond('log.tickets.read', 'tickets', ({ text }) => {
      const after = Number((JSON.parse(text) as { after: string }).after);
      reads.take(after);
      return answering(after);
    });
  }

  function start(handle: (event: ConsumedEvent) => void | Promise<void> = quiet): Consumer {
    consumer = new Consumer({
      bus,
      plugin: 'tickets',
      after: 0n,
      handle: async (event) => {
        await handle(event);
        consumed.take(Number(event.position));
      },
      report: quiet,
    });
    consumer.start();
    return consumer;
  }

  const append = (event: CloudEvent): void => void log.push(event);
  const tell = (event: CloudEvent): void =>
    bus.publish('evt.sunshine.tickets.ticket-opened', JSON.stringify(event));
  const appendAndTell = (event: CloudEvent): void => {
    append(event);
    tell(event);
  };

  it('reads once more for who waits while the answer of an earlier reading is on its way', async () => {
    let answerFirst: (page: string) => void = quiet;
    answer((after) =>
      reads.items.length > 1
        ? Promise.resolve(pageAfter(after))
        : new Promise((resolve) => (answerFirst = resolve)),
    );
    start();
    await reads.until(1);
    const reached = consumer.reached(10n, LONG);
    answerFirst(pageAfter(0)); // written before the ticket was opened, and no ring follows
    append(eventAt(10n));
    await reached;
    expect(consumed.items).toEqual([10]);
  });

  it('goes by what each message says came before it, not by counting', async () => {
    answer();
    await start().ready;
    for (const position of [10n, 20n, 30n]) appendAndTell(eventAt(position));
    expect(await consumed.until(3)).toEqual([10, 20, 30]);
    expect(reads.items).toEqual([0]);
    append(eventAt(40n)); // lost by the bus
    appendAndTell(eventAt(50n));
    expect(await consumed.until(5)).toEqual([10, 20, 30, 40, 50]);
    expect(reads.items).toEqual([0, 30]);
  });

  it('drops what comes again, and what comes late', async () => {
    answer();
    await start().ready;
    for (const position of [10n, 20n]) appendAndTell(eventAt(position));
    for (const position of [10n, 20n, 10n]) tell(eventAt(position));
    appendAndTell(eventAt(30n));
    expect(await consumed.until(3)).toEqual([10, 20, 30]);
    expect(reads.items).toEqual([0]);
  });

  it('notices by itself that the very last message was lost', async () => {
    answer();
    await start().ready;
    append(eventAt(10n));
    expect(await consumed.until(1)).toEqual([10]);
    expect(reads.items).toEqual([0, 0]);
  });

  it('keeps a bounded number of messages for a slow handler, and reads the others from the log', async () => {
    answer();
    let goOn: () => void = quiet;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    await start(() => gate).ready;
    const data = { text: 'x'.repeat(100_000) };
    appendAndTell(eventAt(10n));
    for (let position = 20n; position <= 1_000n; position += 10n) appendAndTell(eventAt(position, data));
    await bus.flush();
    goOn();
    const positions = Array.from({ length: 100 }, (_, index) => 10 * (index + 1));
    expect(await consumed.until(100)).toEqual(positions);
    expect(reads.items.length).toBeGreaterThan(1);
  });

  it('gives an event again to a handler that failed, before any later one, however many messages come', async () => {
    answer();
    let failures = 0;
    await start(({ position }) => {
      if (position === 10n && failures++ < 3) throw new Error('planted');
    }).ready;
    for (const position of [10n, 20n, 30n]) appendAndTell(eventAt(position));
    expect(await consumed.until(3)).toEqual([10, 20, 30]);
    expect(failures).toBe(4);
  });

  it('can be stopped while its handler keeps failing', async () => {
    answer();
    const tries = new Inbox<number>();
    append(eventAt(10n));
    start(({ position }) => {
      tries.take(Number(position));
      throw new Error('planted');
    });
    await tries.until(3);
    await consumer.stop();
    const tried = tries.items.length;
    appendAndTell(eventAt(20n));
    await bus.flush();
    expect(tries.items).toHaveLength(tried);
  });

  it('can be stopped while nobody answers for the log', async () => {
    let answerLate: (page: string) => void = quiet;
    answer(() => new Promise((resolve) => (answerLate = resolve)));
    start();
    await reads.until(1);
    append(eventAt(10n));
    await consumer.stop();
    answerLate(pageAfter(0));
    await bus.flush();
    expect(consumed.items).toEqual([]);
  });
});
