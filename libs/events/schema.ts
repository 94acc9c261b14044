import pg from 'pg';
import type { Pool } from 'pg';
import { snapshotSchema } from './decision/snapshot.schema.ts';
import { leaseSchema } from './lease/lease.schema.ts';
import { effectSchema } from './effect/effect.schema.ts';
import { logSchema } from './log/postgres.schema.ts';
import { parkingSchema } from './parking/parking.schema.ts';
import { checkpointSchema } from './projection/checkpoint.schema.ts';
import { passedOverSchema } from './reaction/passed-over.schema.ts';
import { timerSchema } from './timer/timer.schema.ts';

/** The kernel's own tables in a plugin's schema, each room's beside its code; read models are the plugin's, by its migrations. */
const parts: readonly ((schema: string) => string)[] = [
  logSchema,
  checkpointSchema,
  parkingSchema,
  passedOverSchema,
  leaseSchema,
  snapshotSchema,
  timerSchema,
  effectSchema,
];

/** Any number; the same for everybody who sets a schema up, because `create … if not exists` is not safe side by side. */
const SETUP_LOCK = 7_395_811;

/** Brings the kernel's tables into the schema. Safe to repeat, and from several processes at once. */
export async function createKernelSchema(pool: Pool, plugin: string): Promise<void> {
  const schema = pg.escapeIdentifier(plugin);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    await client.query(`create schema if not exists ${schema}`);
    for (const part of parts) await client.query(part(schema));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
