import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { ticketListProjection } from './tickets/ticket-list.projection.ts';
import { openTicketsIn, TicketListDatabase } from './tickets/ticket-list.database.ts';
import type { TicketColumns } from './tickets/ticket-list.database.ts';
import { Projector } from '../index.ts';
import type { Projection } from '../index.ts';

const LONG = 30_000;

describe('a projector', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let reports: Inbox<string>;
  let database: TicketListDatabase;
  const running: Projector[] = [];

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    reports = new Inbox();
    database = new TicketListDatabase(logs.database.pool, opened.schema);
    await database.create();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((projector) => projector.stop()));
    await opened.close();
  });
  afterAll(() => logs.close());

  function projector(projection: Projection = ticketListProjection): Projector {
    const { log, schema } = opened;
    const report = (message: string, error: unknown): void =>
      reports.take(`${message}: ${(error as Error).message}`);
    return new Projector({ pool: logs.database.pool, schema, log, projection, report });
  }

  function started(projection?: Projection): Projector {
    const one = projector(projection);
    running.push(one);
    one.start();
    return one;
  }

  const changed = (change: Partial<Projection>): Projection => ({
    ...(ticketListProjection as Projection),
    ...change,
  });

  const openTickets = (count: number): Promise<bigint> => openTicketsIn(opened.log, count);
  const rows = (): Promise<TicketColumns[]> => database.tickets();
  const counted = (): Promise<number | undefined> => database.countedEvents();
  const checkpoint = (): Promise<unknown> => database.checkpoint();

  it('keeps the rows that the events make, and says when it has come so far', async () => {
    const request = appendRequest({ events: [factOf('TicketOpened', { title: '楼道灯坏了' })] });
    await opened.log.append(request);
    const running = started();
    await running.reached(1n, LONG);
    const resolved = factOf('TicketResolved', { resolution: 'new lamp', by: 'worker-1' });
    await opened.log.append(
      appendRequest({ stream: request.stream, expectedRevision: 0, events: [resolved] }),
    );
    await running.reached(2n, LONG);
    expect(await rows()).toEqual([
      {
        community_id: 'sunshine',
        stream: request.stream,
        title: '楼道灯坏了',
        opened_at: new Date('2026-03-02T08:00:00.000Z'),
        resolved_by: 'worker-1',
      },
    ]);
    expect(await checkpoint()).toEqual({ version: 1, position: '2' });
    await expect(running.reached(3n, 10)).rejects.toThrow('did not reach position 3');
  });

  it('removes rows, loads them when they are needed again, and goes on where it stopped', async () => {
    const removing = changed({
      fold(event, to) {
        const { communityId } = event.metadata;
        if (event.type === 'TicketClosed')
          to.remove(ticketListProjection.tables[0]!.type, { communityId, stream: event.stream });
        else ticketListProjection.fold(event as never, to);
      },
    });
    const head = await openTickets(3);
    const first = started(removing);
    await first.reached(head, LONG);
    await first.stop();
    const [ticket] = await rows();
    const stream = ticket!.stream;
    await opened.log.append(appendRequest({ stream, expectedRevision: 0, events: [factOf('TicketClosed')] }));
    await started(removing).reached(head + 1n, LONG);
    expect((await rows()).map((row) => row.stream)).not.toContain(stream);
    expect(await rows()).toHaveLength(2);
    expect(await counted()).toBe(3);
  });

  it('changes neither rows nor position while a fold fails, and goes on when the fault is over', async () => {
    let faults = 0;
    const seen: Promise<unknown>[] = [];
    const failing = changed({
      fold(event, to) {
        ticketListProjection.fold(event as never, to);
        if (event.position < 3n || ++faults > 3) return;
        seen.push(Promise.all([rows(), checkpoint()]));
        throw new Error('planted');
      },
    });
    await openTickets(2);
    const projector = started(failing);
    await projector.reached(2n, LONG);
    const before = [await rows(), await checkpoint()];
    await openTickets(1);
    await projector.reached(3n, LONG);
    expect(await Promise.all(seen)).toEqual([before, before, before]);
    expect(reports.items).toEqual(
      Array(3).fill('Projection ticket-list failed after position 2; trying again: planted'),
    );
    expect([(await rows()).length, await counted()]).toEqual([3, 3]);
  });

  it('does not move its position when the rows cannot be written', async () => {
    await openTickets(1);
    const projector = started();
    await projector.reached(1n, LONG);
    await logs.database.pool.query(`alter table "${opened.schema}".ticket drop column resolved_by`);
    await openTickets(1);
    await reports.until(1);
    expect([await checkpoint(), await counted()]).toEqual([{ version: 1, position: '1' }, 1]);
    await logs.database.pool.query(`alter table "${opened.schema}".ticket add column resolved_by text`);
    await projector.reached(2n, LONG);
    expect(await counted()).toBe(2);
  });

  it('folds each event once when another one runs beside it', async () => {
    const both = [started(), started()];
    let head = 0n;
    for (let n = 0; n < 10; n++) head = await openTickets(30);
    await Promise.all(both.map((one) => one.reached(head, LONG)));
    expect([(await rows()).length, await counted()]).toEqual([300, 300]);
    expect(reports.items).toEqual([]);
  });

  it('is rebuilt to the same rows, while others read the old ones', async () => {
    const running = started();
    await running.reached(await openTickets(200), LONG);
    const before = await rows();
    await logs.database.pool.query(`update "${opened.schema}".ticket_count set all_events = 7`);
    const progress: string[] = [];
    let rebuilding = true;
    const rebuilt = projector()
      .rebuild({ progress: ({ position, head }) => progress.push(`${position} of ${head}`) })
      .finally(() => (rebuilding = false));
    while (rebuilding) expect(await rows()).toEqual(before);
    await rebuilt;
    expect(await rows()).toEqual(before);
    expect(await counted()).toBe(200);
    expect(progress.at(-1)).toBe('200 of 200');
    await running.reached(await openTickets(1), LONG);
    expect(await counted()).toBe(201);
  });

  it('is rebuilt while events are appended, and neither loses one nor folds one twice', async () => {
    const running = started();
    await openTickets(50);
    const appends = (async () => {
      let head = 0n;
      for (let n = 0; n < 20; n++) head = await openTickets(10);
      return head;
    })();
    for (let n = 0; n < 3; n++) await projector().rebuild();
    await running.reached(await appends, LONG);
    expect([(await rows()).length, await counted()]).toEqual([250, 250]);
  });

  it('folds everything anew when its version is raised', async () => {
    const first = started();
    await first.reached(await openTickets(5), LONG);
    await first.stop();
    const louder = changed({
      version: 2,
      fold: (event, to) =>
        ticketListProjection.fold({ ...event, data: { ...event.data, title: 'LAMP' } } as never, to),
    });
    await started(louder).reached(5n, LONG);
    expect(new Set((await rows()).map(({ title }) => title))).toEqual(new Set(['LAMP']));
    expect(await counted()).toBe(5);
    expect(await checkpoint()).toEqual({ version: 2, position: '5' });
  });
});
