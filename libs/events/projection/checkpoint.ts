import pg from 'pg';
import type { Pool, PoolClient } from 'pg';

export interface Checkpoint {
  readonly version: number;
  readonly position: bigint;
}

const table = (schema: string): string => `${pg.escapeIdentifier(schema)}.checkpoints`;

export async function readCheckpoint(
  pool: Pool | PoolClient,
  schema: string,
  name: string,
): Promise<Checkpoint> {
  await pool.query(
    `insert into ${table(schema)} (name, version, position) values ($1, 0, 0) on conflict do nothing`,
    [name],
  );
  return selectCheckpoint(pool, schema, name, '');
}

/** Holds the checkpoint for the rest of the transaction, so that nobody else moves it. */
export const lockCheckpoint = (client: PoolClient, schema: string, name: string): Promise<Checkpoint> =>
  selectCheckpoint(client, schema, name, 'for update');

/**
 * @param version of who moves it; 0 for a checkpoint that has no versions.
 * @returns false, and changes nothing, when the checkpoint no longer stands where the caller thinks.
 */
export async function moveCheckpoint(
  client: Pool | PoolClient,
  schema: string,
  name: string,
  from: bigint,
  to: bigint,
  version = 0,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update ${table(schema)} set position = $3 where name = $1 and position = $2 and version = $4`,
    [name, from, to, version],
  );
  return rowCount === 1;
}

export async function resetCheckpoint(
  client: PoolClient,
  schema: string,
  name: string,
  checkpoint: Checkpoint,
): Promise<void> {
  await client.query(`update ${table(schema)} set version = $2, position = $3 where name = $1`, [
    name,
    checkpoint.version,
    checkpoint.position,
  ]);
}

async function selectCheckpoint(
  client: Pool | PoolClient,
  schema: string,
  name: string,
  lock: 'for update' | '',
): Promise<Checkpoint> {
  const { rows } = await client.query<{ version: number; position: string }>(
    `select version, position from ${table(schema)} where name = $1 ${lock}`,
    [name],
  );
  return { version: rows[0]!.version, position: BigInt(rows[0]!.position) };
}
