import pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import type { EventFault } from './event-fault.ts';
import { MOST_TRIES } from './tries.ts';

export interface ParkedStream {
  /** Name of the checkpoint of whoever could not handle it. */
  readonly subscriber: string;
  readonly stream: string;
  /** Of the event at fault; what the stream has from here on was left out. */
  readonly position: bigint;
  readonly eventId: string;
  readonly error: string;
  readonly tries: number;
  /** ISO 8601 UTC. */
  readonly since: string;
}

export interface Parking extends Pick<ParkedStream, 'subscriber' | 'stream' | 'position' | 'eventId'> {
  readonly error: unknown;
  /** How often it was tried; 5 times unless more is said. */
  readonly tries?: number;
}

interface ParkedRow {
  readonly subscriber: string;
  readonly stream: string;
  readonly position: string;
  readonly event_id: string;
  readonly error: string;
  readonly tries: number;
  readonly since: Date;
}

type StreamOfSubscriber = Pick<ParkedStream, 'subscriber' | 'stream'>;

const table = (schema: string): string => `${pg.escapeIdentifier(schema)}.parked`;

/** Ask in the transaction that moves the checkpoint, after it moved: a retry holds the checkpoint while it unparks. */
export async function parkedStreams(
  client: Pool | PoolClient,
  schema: string,
  subscriber: string,
): Promise<Set<string>> {
  const { rows } = await client.query<{ stream: string }>(
    `select stream from ${table(schema)} where subscriber = $1`,
    [subscriber],
  );
  return new Set(rows.map(({ stream }) => stream));
}

/** Of a stream that is parked already, only the error and the number of tries change. */
export async function park(client: Pool | PoolClient, schema: string, parking: Parking): Promise<void> {
  const { subscriber, stream, position, eventId, error, tries = MOST_TRIES } = parking;
  await insert(client, schema, [[subscriber], [stream], [position], [eventId], [textOf(error)], [tries]]);
}

/** All of them in one statement. */
export async function parkAll(
  client: PoolClient,
  schema: string,
  subscriber: string,
  faults: readonly EventFault[],
  tries: number,
): Promise<void> {
  await insert(client, schema, [
    faults.map(() => subscriber),
    faults.map(({ event }) => event.stream),
    faults.map(({ event }) => event.position),
    faults.map(({ event }) => event.id),
    faults.map(textOf),
    faults.map(() => tries),
  ]);
}

/** In the order in which they were parked. */
export async function listParked(client: Pool | PoolClient, schema: string): Promise<ParkedStream[]> {
  const { rows } = await client.query<ParkedRow>(
    `select * from ${table(schema)} order by since, subscriber, position`,
  );
  return rows.map(parkedStream);
}

export async function findParked(
  client: Pool | PoolClient,
  schema: string,
  { subscriber, stream }: StreamOfSubscriber,
): Promise<ParkedStream | undefined> {
  const { rows } = await client.query<ParkedRow>(
    `select * from ${table(schema)} where subscriber = $1 and stream = $2`,
    [subscriber, stream],
  );
  return rows[0] && parkedStream(rows[0]);
}

/** @returns false when it was not parked */
export async function unpark(
  client: Pool | PoolClient,
  schema: string,
  { subscriber, stream }: StreamOfSubscriber,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `delete from ${table(schema)} where subscriber = $1 and stream = $2`,
    [subscriber, stream],
  );
  return rowCount === 1;
}

export async function unparkAll(client: PoolClient, schema: string, subscriber: string): Promise<void> {
  await client.query(`delete from ${table(schema)} where subscriber = $1`, [subscriber]);
}

const parkedStream = ({ event_id, position, since, ...row }: ParkedRow): ParkedStream => ({
  ...row,
  position: BigInt(position),
  eventId: event_id,
  since: since.toISOString(),
});

async function insert(client: Pool | PoolClient, schema: string, columns: unknown[][]): Promise<void> {
  await client.query(
    `insert into ${table(schema)} as parked (subscriber, stream, position, event_id, error, tries)
     select * from unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::integer[])
     on conflict (subscriber, stream) do update set error = excluded.error, tries = parked.tries + excluded.tries`,
    columns,
  );
}

/** No text of PostgreSQL holds a NUL, and an error may quote the very value that was refused for one. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll('\0', '\uFFFD');
}
