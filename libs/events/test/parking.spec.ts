import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import pg from 'pg';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { ticketListProjection } from './tickets/ticket-list.projection.ts';
import { openTicketsIn, TicketListDatabase } from './tickets/ticket-list.database.ts';
import { listParked, MOST_TRIES, Projector } from '../index.ts';
import type { Projection, Recorded, Rows } from '../index.ts';

const LONG = 30_000;
const BAD = 'ticket/sunshine/bad';

describe('a projector that cannot fold an event', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let reports: Inbox<string>;
  let database: TicketListDatabase;
  let broken: boolean;
  let tries: number;
  const running: Projector[] = [];

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    reports = new Inbox();
    database = new TicketListDatabase(logs.database.pool, opened.schema);
    await database.create();
    broken = true;
    tries = 0;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((projector) => projector.stop()));
    await opened.close();
  });
  afterAll(() => logs.close());

  /** Throws after it has changed rows, at every `Broken` event as long as the fault is not mended. */
  const failing = (message = 'planted'): Projection => ({
    ...(ticketListProjection as Projection),
    fold(event: Recorded, rows: Rows) {
      ticketListProjection.fold(event as never, rows);
      if (event.type !== 'Broken' || !broken) return;
      tries++;
      throw new Error(message);
    },
  });

  function projector(projection: Projection, pool = logs.database.pool): Projector {
    const report = (message: string, error?: unknown): void =>
      reports.take(error ? `${message}: ${(error as Error).message}` : message);
    const { schema, log } = opened;
    return new Projector({ pool, schema, log, projection, report });
  }

  function started(projection: Projection, pool?: pg.Pool): Projector {
    const one = projector(projection, pool);
    running.push(one);
    one.start();
    return one;
  }

  /** From then on it does not begin with a rebuild, but follows. */
  async function onceStarted(projection: Projection): Promise<void> {
    await started(projection).reached(0n, LONG);
    await append('ticket/sunshine/first', 0, 'TicketOpened', { title: 'first' });
    await running[0]!.reached(1n, LONG);
    await running.splice(0)[0]!.stop();
  }

  async function append(stream: string, revision: number, type: string, data: object = {}): Promise<bigint> {
    const events = [factOf(type, data)];
    const [event] = await opened.log.append(
      appendRequest({ stream, expectedRevision: revision - 1, events }),
    );
    return event!.position;
  }

  const parked = async (): Promise<unknown[]> =>
    (await listParked(logs.database.pool, opened.schema)).map(
      ({ subscriber, stream, position, error, tries }) => ({
        subscriber,
        stream,
        position,
        error,
        tries,
      }),
    );
  const ticketOf = async (stream: string): Promise<unknown> =>
    (await database.tickets()).find((ticket) => ticket.stream === stream);

  it('parks its stream after five tries, with what came before it folded, and goes on with the others', async () => {
    await onceStarted(failing());
    await openTicketsIn(opened.log, 499);
    await append(BAD, 0, 'TicketOpened', { title: 'before' });
    const position = await append(BAD, 1, 'Broken', { by: 'worker-1' });
    await append(BAD, 2, 'TicketResolved', { by: 'worker-2' });
    const head = await openTicketsIn(opened.log, 498);

    const running = started(failing());
    await running.reached(head, LONG);

    expect(await parked()).toEqual([
      { subscriber: 'ticket-list', stream: BAD, position, error: 'planted', tries: MOST_TRIES },
    ]);
    expect(await ticketOf(BAD)).toMatchObject({ title: 'before', resolved_by: null });
    expect([(await database.tickets()).length, await database.countedEvents()]).toEqual([999, 999]);
    expect(tries).toBe(MOST_TRIES + 1); // the last one is the one that folds around it
    expect(reports.items).toEqual([
      ...Array<string>(MOST_TRIES - 1).fill(
        'Projection ticket-list failed after position 501; trying again: planted',
      ),
      `Projection ticket-list leaves out ${BAD} from position ${position} on: it is parked: planted`,
    ]);

    await running.reached(await append(BAD, 3, 'TicketResolved', { by: 'worker-3' }), LONG);
    await running.reached(await openTicketsIn(opened.log, 1), LONG);
    expect(await ticketOf(BAD)).toMatchObject({ resolved_by: null });
    expect(await database.countedEvents()).toBe(1000);
  });

  it('takes up a parked stream where it was left, once the fault is mended, beside those that run', async () => {
    await append(BAD, 0, 'TicketOpened', { title: 'before' });
    const running = started(failing());
    await running.reached(1n, LONG);
    await append(BAD, 1, 'Broken', { by: 'worker-1' });
    await running.reached(await append(BAD, 2, 'TicketResolved', { by: 'worker-2' }), LONG);

    expect(await projector(failing('still planted')).retry(BAD)).toEqual({
      status: 'parked',
      reason: 'still planted at position 2',
    });
    expect(await parked()).toMatchObject([{ position: 2n, error: 'still planted', tries: MOST_TRIES + 1 }]);
    expect(await database.countedEvents()).toBe(1);

    broken = false;
    expect(await projector(failing()).retry(BAD)).toEqual({ status: 'unparked' });
    expect(await projector(failing()).retry(BAD)).toEqual({ status: 'unknown' });
    expect(await parked()).toEqual([]);
    expect(await ticketOf(BAD)).toMatchObject({ resolved_by: 'worker-2' });
    await running.reached(await append(BAD, 3, 'TicketResolved', { by: 'worker-3' }), LONG);
    expect(await ticketOf(BAD)).toMatchObject({ resolved_by: 'worker-3' });
    expect(await database.countedEvents()).toBe(4);
  });

  it('loses no event of a stream that is taken up while its events come in', async () => {
    await append(BAD, 0, 'TicketOpened', { title: 'before' });
    const running = started(failing());
    await running.reached(await append(BAD, 1, 'Broken'), LONG);
    broken = false;
    let head = 0n;
    const appends = (async () => {
      for (let revision = 2; revision < 200; revision++)
        head = await append(BAD, revision, 'TicketResolved', { by: 'w' });
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await projector(failing()).retry(BAD)).toEqual({ status: 'unparked' });
    await appends;
    await running.reached(head, LONG);
    expect(await database.countedEvents()).toBe(200);
  });

  it('finds among a thousand the ones whose rows the database refuses', async () => {
    await logs.database.pool.query(`alter table "${opened.schema}".ticket add check (title <> '')`);
    await onceStarted(failing());
    await openTicketsIn(opened.log, 299);
    await append(BAD, 0, 'TicketOpened', { title: '' });
    await openTicketsIn(opened.log, 300);
    await append('ticket/sunshine/null', 0, 'TicketOpened', { title: null });
    await append('ticket/sunshine/thrown', 0, 'Broken');
    const head = await openTicketsIn(opened.log, 300);
    await started(failing()).reached(head, LONG);
    expect(await parked()).toMatchObject([
      { stream: BAD, position: 301n, error: expect.stringContaining('violates check constraint') },
      { stream: 'ticket/sunshine/null', position: 602n, error: expect.stringContaining('violates not-null') },
      { stream: 'ticket/sunshine/thrown', position: 603n, error: 'planted' },
    ]);
    expect([(await database.tickets()).length, await database.countedEvents()]).toEqual([900, 900]);
  });

  it('parks a stream whose event cannot even be looked up', async () => {
    const projection = failing();
    await onceStarted(projection);
    const head = await append(BAD, 0, 'Nameless');
    const touches: Projection['touches'] = (event) => {
      if (event.type === 'Nameless') throw new Error('no name');
      return projection.touches(event);
    };
    await started({ ...projection, touches }).reached(head, LONG);
    expect(await parked()).toMatchObject([{ stream: BAD, error: 'no name', tries: MOST_TRIES }]);
    expect(await database.countedEvents()).toBe(1);
  });

  it('counts no outage: where the database is away or a table is, nothing is parked however long it takes', async () => {
    const pool = new pg.Pool({
      connectionString: logs.database.url,
      application_name: `doomed ${opened.schema}`,
    });
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    await onceStarted(failing());
    const head = await openTicketsIn(opened.log, 2);
    const { schema } = opened;
    await logs.database.pool.query(`alter table "${schema}".ticket rename to away`);
    const projector = started(failing(), pool);
    await reports.until(MOST_TRIES + 1);
    await logs.database.pool.query(`alter table "${schema}".away rename to ticket`);
    await logs.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed ${schema}'`,
    );
    await projector.reached(head, LONG);
    expect(await parked()).toEqual([]);
    expect(await database.countedEvents()).toBe(3);
    await Promise.all(running.splice(0).map((one) => one.stop()));
    await pool.end();
  });

  describe('when it is rebuilt', () => {
    it('forgets what was parked and parks anew what cannot be folded still', async () => {
      await append(BAD, 0, 'TicketOpened', { title: 'before' });
      const position = await append(BAD, 1, 'Broken');
      await append('ticket/sunshine/other', 0, 'TicketOpened', { title: 'lamp' });
      await append('ticket/sunshine/other', 1, 'Broken');
      const running = started(failing());
      await running.reached(await openTicketsIn(opened.log, 5), LONG);
      expect(await parked()).toHaveLength(2);
      const healing: Projection = {
        ...failing(),
        fold(event, rows) {
          if (event.stream === BAD) failing().fold(event, rows);
          else ticketListProjection.fold(event as never, rows);
        },
      };
      await projector(healing).rebuild();
      expect(await parked()).toEqual([
        { subscriber: 'ticket-list', stream: BAD, position, error: 'planted', tries: 1 },
      ]);
      expect(reports.items.at(-1)).toBe('Projection ticket-list left 1 streams parked; the first: planted');
      expect(await database.countedEvents()).toBe(8);
      broken = false;
      await projector(failing()).rebuild();
      expect([await parked(), await database.countedEvents()]).toEqual([[], 9]);
    });

    it('parks what the database refuses, and folds all else as if it had not been there', async () => {
      await logs.database.pool.query(`alter table "${opened.schema}".ticket add check (title <> 'bad')`);
      for (let n = 0; n < 3; n++) {
        await openTicketsIn(opened.log, 40);
        const stream = `${BAD}-${n}`;
        await append(stream, 0, 'TicketOpened', { title: 'before' });
        await append(stream, 1, 'TicketOpened', { title: 'bad' });
        await append(stream, 2, 'TicketResolved', { by: 'worker-1' });
      }
      await projector(ticketListProjection).rebuild();
      expect(await parked()).toMatchObject([42n, 85n, 128n].map((position) => ({ position, tries: 1 })));
      expect(await ticketOf(`${BAD}-1`)).toMatchObject({ title: 'before', resolved_by: null });
      expect([(await database.tickets()).length, await database.countedEvents()]).toEqual([123, 123]);
    });
  });
});
