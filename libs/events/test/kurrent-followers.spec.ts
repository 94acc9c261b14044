import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, Inbox, startKurrentDouble } from '@weinao/testing';
import type { KurrentDouble, TestDatabase } from '@weinao/testing';
import { emptyKurrentLog } from './kurrent.log.opener.ts';
import { ticketListProjection } from './tickets/ticket-list.projection.ts';
import { openTicketsIn, TicketListDatabase } from './tickets/ticket-list.database.ts';
import { unreliable } from './unreliable.bus.ts';
import { Consumer, createKernelSchema, InProcessBus, LogResponder, Projector, Publisher } from '../index.ts';
import type { ConsumedEvent, Message } from '../index.ts';

const LONG = 30_000;

describe('what follows a log whose positions have gaps', () => {
  let double: KurrentDouble;
  let database: TestDatabase;
  let opened: ReturnType<typeof emptyKurrentLog>;
  let neighbour: ReturnType<typeof emptyKurrentLog>;
  const stops: (() => Promise<void>)[] = [];
  const reports: string[] = [];
  const report = (message: string): void => void reports.push(message);

  beforeAll(async () => {
    [double, database] = await Promise.all([startKurrentDouble(), createTestDatabase()]);
  });
  beforeEach(async () => {
    [opened, neighbour] = [emptyKurrentLog(double.url), emptyKurrentLog(double.url)];
    await createKernelSchema(database.pool, opened.plugin);
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    await Promise.all([opened.close(), neighbour.close()]);
    expect(reports.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    double.stop();
    await database.close();
  });

  /** Ours and others' events, turn by turn. */
  async function openTickets(count: number): Promise<bigint> {
    let head = 0n;
    for (let n = 0; n < count; n += 10) {
      head = await openTicketsIn(opened.log, 10);
      await openTicketsIn(neighbour.log, 3);
    }
    return head;
  }

  async function positions(): Promise<bigint[]> {
    const events = await opened.log.read({ after: 0n, limit: 1_000 });
    return events.map(({ position }) => position);
  }

  it('is a projection that has every event once, and has the same rows after it was rebuilt', async () => {
    const { plugin: schema, log } = opened;
    const tables = new TicketListDatabase(database.pool, schema);
    await tables.create();
    const make = (): Projector =>
      new Projector({ pool: database.pool, schema, log, projection: ticketListProjection, report });
    const projector = make();
    const first = await openTickets(50);
    projector.start();
    stops.push(() => projector.stop());
    await projector.reached(first, LONG);
    const head = await openTickets(50);
    await projector.reached(head, LONG);
    expect((await positions()).some((position, n, all) => n > 0 && position > all[n - 1]! + 1n)).toBe(true);
    const rows = await tables.tickets();
    expect([rows.length, await tables.countedEvents()]).toEqual([100, 100]);
    expect(await tables.checkpoint()).toEqual({ version: 1, position: String(head) });
    await make().rebuild();
    expect(await tables.tickets()).toEqual(rows);
  });

  it('is a consumer that has every event once and in order, whatever the bus loses', async () => {
    const bus = new InProcessBus(report);
    const { plugin, log } = opened;
    const publisher = new Publisher({ plugin, pool: database.pool, log, bus, report });
    const responder = new LogResponder({ plugin, log, bus });
    for (const part of [publisher, responder]) part.start();
    let messages = 0;
    const copies = (_message: Message): number => [1, 0, 2][messages++ % 3]!;
    const inbox = new Inbox<ConsumedEvent>();
    const lossy = unreliable(bus, copies);
    const consumer = new Consumer({ bus: lossy, plugin, after: 0n, handle: inbox.take, report });
    stops.push(
      () => bus.close(),
      () => publisher.stop(),
      () => responder.stop(),
      () => consumer.stop(),
    );
    await openTickets(30);
    consumer.start();
    await consumer.ready;
    await consumer.reached(await openTickets(100), LONG);
    expect(inbox.items.map(({ position }) => position)).toEqual(await positions());
    expect(inbox.items).toHaveLength(130);
  });
});
