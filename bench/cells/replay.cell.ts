import type { EventLog, Recorded } from '@weinao/events';
import type { Client } from 'pg';
import { KernelStore } from '../contenders/kernel.store.ts';
import { rebuildTicketList } from '../contenders/rebuilder.ts';
import { fillWithTickets } from '../contenders/ticket.log.ts';
import { ticketTable } from '../contenders/ticket-list.projection.ts';
import type { TicketEvent } from '../contenders/ticket-list.projection.ts';
import { savedList, upsertedList } from '../contenders/usual.lists.ts';
import type { UsualList } from '../contenders/usual.lists.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { openClient } from '../frame/connections.ts';
import { callsASecond } from '../frame/load.ts';

const PLUGIN = 'tickets';
const EVENTS = 1_000_000;
const PAGE = 5_000;
/** Peers that take an event at a time get as long as this, and not a million events. */
const USUAL_SECONDS = 1.5;

const RATE = 'events/s';
const RAW = 'raw select and parse';
const READ = 'kernel read';
const REBUILD = 'kernel rebuild';
const IN_SQL = 'kernel rebuild in SQL';
const UPSERT = 'an upsert an event';
const SAVE = 'a TypeORM save an event';

export const replayCell: Cell = {
  name: 'replay and projection of 1,000,000 events',
  lines: [
    { name: 'replay of 1,000,000 events', unit: RATE, reading: RATE, ours: READ, limit: RAW },
    {
      name: 'projection of 1,000,000 events',
      unit: RATE,
      reading: RATE,
      ours: REBUILD,
      limit: RAW,
      peers: [UPSERT, SAVE],
      goal: { ratioAtLeast: 0.7 },
    },
    { name: 'projection of 1,000,000 events in SQL', unit: RATE, reading: RATE, ours: IN_SQL, limit: RAW },
  ],
  secondsBefore: 90,
  secondsATurn: 35,
  async prepare(ground, cleanup) {
    const url = await ground.database(cleanup);
    const { log, pool } = await KernelStore.open(url, PLUGIN, cleanup);
    await pool.query(ticketTable(PLUGIN));
    const events = Math.round(EVENTS * ground.share);
    await fillWithTickets(log, events, () => pool.query('analyze'));
    await pool.query('vacuum analyze');
    return [
      read(RAW, events, rawPages(await openClient(url, cleanup))),
      read(READ, events, (after) => log.read({ after, limit: PAGE })),
      rebuild(REBUILD, events, () => rebuildTicketList(pool, PLUGIN, log)),
      rebuild(IN_SQL, events, () => rebuildTicketList(pool, PLUGIN, log, 'sql')),
      usual(UPSERT, log, await upsertedList(pool), USUAL_SECONDS * ground.share),
      usual(SAVE, log, await savedList(url, cleanup), USUAL_SECONDS * ground.share),
    ];
  },
};

type Page = readonly { readonly position: string | bigint }[];

/** Pages through the log from its beginning. */
const read = (name: string, events: number, page: (after: bigint) => Promise<Page>): Contender => ({
  name,
  async measure(share) {
    const begin = performance.now();
    let [seen, position] = [0, 0n];
    while (seen < events * share) {
      const events = await page(position);
      if (events.length === 0) throw new Error(`The log ends after ${seen} events`);
      position = BigInt(events.at(-1)!.position);
      seen += events.length;
    }
    return { [RATE]: seen / ((performance.now() - begin) / 1000) };
  },
});

/** All columns of an event over one connection; `pg` parses the JSON, and nothing is made of the rows. */
const rawPages =
  (client: Client) =>
  async (after: bigint): Promise<Page> => {
    const { rows } = await client.query<{ position: string }>({
      name: 'page',
      text: `select position, id, stream, revision, type, schema_version, at, data, metadata
             from ${PLUGIN}.events where position > $1 order by position limit $2`,
      values: [after, PAGE],
    });
    return rows;
  };

/** Always the whole log. */
const rebuild = (name: string, events: number, work: () => Promise<void>): Contender => ({
  name,
  async measure() {
    const begin = performance.now();
    await work();
    return { [RATE]: events / ((performance.now() - begin) / 1000) };
  },
});

/** An event at a time from the log's beginning; to read them is not counted. */
const usual = (name: string, log: EventLog, list: UsualList, seconds: number): Contender => ({
  name,
  async measure(share) {
    const events = (await log.read({ after: 0n, limit: 2 * PAGE })) as Recorded<TicketEvent>[];
    let next = 0;
    return {
      [RATE]: await callsASecond(1, seconds * share, () => list.take(events[next++ % events.length]!)),
    };
  },
});
