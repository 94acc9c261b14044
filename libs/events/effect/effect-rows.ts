import pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import type { DueEffect } from './outside-effect.ts';

export interface EffectKey {
  readonly name: string;
  readonly communityId: string;
  readonly key: string;
}

export interface KeptEffect extends EffectKey {
  readonly eventId: string;
  readonly kind: string;
  /** As JSON. */
  readonly payload: string;
}

export type ClaimedEffect = EffectKey & DueEffect;

export type EffectState = 'pending' | 'done' | 'dead';

export interface EffectRow extends ClaimedEffect {
  readonly state: EffectState;
  /** ISO 8601 UTC. */
  readonly nextTry: string;
  /** Why the last try failed. */
  readonly error: string | null;
}

const table = (schema: string): string => `${pg.escapeIdentifier(schema)}.effects`;

const CLAIMED = `e.name, e.community as "communityId", e.key, e.event_id as "eventId", e.kind, e.payload, e.tries`;
const MINE = `(name, community, key) = ($1, $2, $3)`;
const keyOf = ({ name, communityId, key }: EffectKey): string[] => [name, communityId, key];

/** Those that are there already stay as they are, whatever became of them. */
export async function addEffects(
  client: PoolClient,
  schema: string,
  effects: readonly KeptEffect[],
): Promise<void> {
  await client.query(
    `insert into ${table(schema)} (name, community, key, event_id, kind, payload, next_try)
     select name, community, key, event_id, kind, payload::json, to_timestamp(0)
     from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[])
       as e (name, community, key, event_id, kind, payload)
     on conflict do nothing`,
    [
      effects.map(({ name }) => name),
      effects.map(({ communityId }) => communityId),
      effects.map(({ key }) => key),
      effects.map(({ eventId }) => eventId),
      effects.map(({ kind }) => kind),
      effects.map(({ payload }) => payload),
    ],
  );
}

/** They are the caller's until `leaseUntil`; if nothing is noted by then, somebody takes them again. */
export async function claimEffects(
  pool: Pool,
  schema: string,
  names: readonly string[],
  { now, leaseUntil, limit }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number },
): Promise<ClaimedEffect[]> {
  const { rows } = await pool.query<ClaimedEffect>(
    `update ${table(schema)} e set tries = e.tries + 1, next_try = $3
     from (select name, community, key from ${table(schema)}
           where state = 'pending' and next_try <= $2 and name = any ($1)
           order by next_try limit $4 for update skip locked) c
     where (e.name, e.community, e.key) = (c.name, c.community, c.key) returning ${CLAIMED}`,
    [names, now, leaseUntil, limit],
  );
  return rows;
}

/** Only by whoever holds the lease: the number of tries tells. */
export async function noteEffect(
  pool: Pool,
  schema: string,
  effect: ClaimedEffect,
  { state, error, nextTry }: { state: EffectState; error: string | null; nextTry: Date },
): Promise<void> {
  await pool.query(
    `update ${table(schema)} set state = $5, error = $6, next_try = $7
     where ${MINE} and tries = $4 and state = 'pending'`,
    [...keyOf(effect), effect.tries, state, error, nextTry],
  );
}

/** As if this try had not begun. */
export async function giveEffectBack(
  pool: Pool,
  schema: string,
  effect: ClaimedEffect,
  now: Date,
): Promise<void> {
  await pool.query(
    `update ${table(schema)} set tries = tries - 1, next_try = $5 where ${MINE} and tries = $4 and state = 'pending'`,
    [...keyOf(effect), effect.tries, now],
  );
}

export async function nextEffect(
  pool: Pool,
  schema: string,
  names: readonly string[],
): Promise<Date | undefined> {
  const { rows } = await pool.query<{ next_try: Date }>(
    `select next_try from ${table(schema)} where state = 'pending' and name = any ($1) order by next_try limit 1`,
    [names],
  );
  return rows[0]?.next_try;
}

export interface EffectFilter {
  readonly state?: EffectState;
  /** 1,000 unless said otherwise. */
  readonly limit?: number;
}

/** The effects of a plugin, those tried next first. */
export async function listEffects(
  pool: Pool,
  schema: string,
  { state, limit = 1_000 }: EffectFilter = {},
): Promise<EffectRow[]> {
  const { rows } = await pool.query<Omit<EffectRow, 'nextTry'> & { nextTry: Date }>(
    `select ${CLAIMED}, e.state, e.next_try as "nextTry", e.error from ${table(schema)} e
     where $1::text is null or state = $1 order by next_try, name, community, key limit $2`,
    [state ?? null, limit],
  );
  return rows.map((row) => ({ ...row, nextTry: row.nextTry.toISOString() }));
}

/** Gives a dead effect all its tries again, at once. @returns false where there is no such dead effect */
export async function reviveEffect(pool: Pool, schema: string, effect: EffectKey): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update ${table(schema)} set state = 'pending', tries = 0, next_try = to_timestamp(0)
     where ${MINE} and state = 'dead'`,
    keyOf(effect),
  );
  return rowCount === 1;
}
