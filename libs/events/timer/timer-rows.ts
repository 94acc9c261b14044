import pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import type { DueTimer } from './timer.ts';

/** Which timer; `name`, community and key are unique among those that wait. */
export interface TimerKey {
  readonly name: string;
  readonly communityId: string;
  readonly key: string;
}

export interface KeptTimer extends TimerKey {
  /** ISO 8601 UTC. */
  readonly due: string;
  /** As JSON. */
  readonly data: string;
  /** The event. */
  readonly setBy: string;
  readonly correlationId: string;
}

export interface ClaimedTimer extends TimerKey, DueTimer {
  readonly setBy: string;
  readonly correlationId: string;
  readonly tries: number;
}

export interface ClaimOptions {
  readonly now: Date;
  readonly names: readonly string[];
  readonly communities: readonly string[];
}

const table = (schema: string): string => `${pg.escapeIdentifier(schema)}.timers`;

const columns = (keys: readonly TimerKey[]): string[][] => [
  keys.map(({ name }) => name),
  keys.map(({ communityId }) => communityId),
  keys.map(({ key }) => key),
];

/** Waits for those that are just being fired, and then puts the new ones in their place. */
export async function setTimers(
  client: PoolClient,
  schema: string,
  timers: readonly KeptTimer[],
): Promise<void> {
  if (timers.length === 0) return;
  await client.query(
    `insert into ${table(schema)} (name, community, key, due, next_try, data, set_by, correlation_id)
     select name, community, key, due, due, data::json, set_by, correlation_id
     from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::uuid[], $7::text[])
       as t (name, community, key, due, data, set_by, correlation_id)
     on conflict (name, community, key) do update set due = excluded.due, next_try = excluded.due,
       data = excluded.data, set_by = excluded.set_by, correlation_id = excluded.correlation_id,
       tries = 0, reported = false`,
    [
      ...columns(timers),
      timers.map(({ due }) => due),
      timers.map(({ data }) => data),
      timers.map(({ setBy }) => setBy),
      timers.map(({ correlationId }) => correlationId),
    ],
  );
}

export async function deleteTimers(
  client: PoolClient,
  schema: string,
  keys: readonly TimerKey[],
): Promise<void> {
  if (keys.length === 0) return;
  await client.query(
    `delete from ${table(schema)} t using unnest($1::text[], $2::text[], $3::text[]) as k (name, community, key)
     where (t.name, t.community, t.key) = (k.name, k.community, k.key)`,
    columns(keys),
  );
}

export async function clearTimers(client: PoolClient, schema: string): Promise<void> {
  await client.query(`delete from ${table(schema)}`);
}

/** Those due first; they are the caller's until the end of its transaction, and nobody else's. */
export async function claimTimers(
  client: PoolClient,
  schema: string,
  { now, names, communities }: ClaimOptions,
  limit: number,
): Promise<ClaimedTimer[]> {
  const { rows } = await client.query<Omit<ClaimedTimer, 'due'> & { due: Date }>({
    name: `${schema}.claim-timers`,
    text: `select name, community as "communityId", key, due, data, set_by as "setBy",
             correlation_id as "correlationId", tries
           from ${table(schema)} where next_try <= $1 and community = any ($2) and name = any ($3)
           order by next_try limit $4 for update skip locked`,
    values: [now, communities, names, limit],
  });
  return rows.map((row) => ({ ...row, due: row.due.toISOString() }));
}

export async function postponeTimer(
  client: PoolClient,
  schema: string,
  { name, communityId, key }: TimerKey,
  until: Date,
): Promise<void> {
  await client.query(
    `update ${table(schema)} set tries = tries + 1, next_try = $4 where (name, community, key) = ($1, $2, $3)`,
    [name, communityId, key, until],
  );
}

export async function nextTimer(
  pool: Pool,
  schema: string,
  { names, communities }: Omit<ClaimOptions, 'now'>,
): Promise<Date | undefined> {
  const { rows } = await pool.query<{ next_try: Date }>({
    name: `${schema}.next-timer`,
    text: `select next_try from ${table(schema)} where community = any ($1) and name = any ($2)
           order by next_try limit 1`,
    values: [communities, names],
  });
  return rows[0]?.next_try;
}

/** Those that should have been tried before `now`, each told of once. */
export async function takeOverdue(
  pool: Pool,
  schema: string,
  { now, names, communities }: ClaimOptions,
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
  const { rows } = await pool.query<{ count: number; oldest: Date | null }>(
    `with overdue as (
       select name, community, key from ${table(schema)}
       where next_try < $1 and not reported and community = any ($2) and name = any ($3)
       for update skip locked
     ), told as (
       update ${table(schema)} t set reported = true from overdue o
       where (t.name, t.community, t.key) = (o.name, o.community, o.key) returning t.due
     )
     select count(*)::integer as count, min(due) as oldest from told`,
    [now, communities, names],
  );
  return rows[0]!;
}
