import pg from 'pg';
import type { Pool, PoolClient } from 'pg';

export interface ParkedEvent {
  /** Name of the checkpoint of whoever could not handle it. */
  readonly subscriber: string;
  readonly stream: string;
  readonly position: bigint;
  readonly eventId: string;
  readonly error: string;
}

const table = (schema: string): string => `${pg.escapeIdentifier(schema)}.parked`;

/** From now on the subscriber passes over the stream. */
export async function park(client: Pool | PoolClient, schema: string, event: ParkedEvent): Promise<void> {
  const { subscriber, stream, position, eventId, error } = event;
  await client.query(
    `insert into ${table(schema)} as p (subscriber, stream, position, event_id, error) values ($1, $2, $3, $4, $5)
     on conflict (subscriber, stream) do update set tries = p.tries + 1, error = excluded.error`,
    [subscriber, stream, position, eventId, error],
  );
}

export async function parkedStreams(
  pool: Pool | PoolClient,
  schema: string,
  subscriber: string,
): Promise<Set<string>> {
  const { rows } = await pool.query<{ stream: string }>(
    `select stream from ${table(schema)} where subscriber = $1`,
    [subscriber],
  );
  return new Set(rows.map(({ stream }) => stream));
}
