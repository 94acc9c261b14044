import { createKernelSchema } from '@weinao/events';
import type { RowType } from '@weinao/events';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Plugin } from '../plugin.ts';
import { SnakeCaseNamingStrategy } from '../rows/snake-case.naming-strategy.ts';

export interface PluginDatabase {
  /** For the kernel: log, checkpoints, projections. */
  readonly pool: pg.Pool;
  /** For the plugin's queries. */
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/** A plugin's connections: few, because every plugin of a small installation shares one server. */
const LOG_CONNECTIONS = 6;
const QUERY_CONNECTIONS = 4;

const entitiesOf = (plugin: Plugin): RowType[] =>
  plugin.projections.flatMap(({ tables }) => tables.map(({ type }) => type));

/** Connects a plugin to its schema, and brings the schema up to date; several processes may do so at once. */
export async function openPluginDatabase(
  plugin: Plugin,
  databaseUrl: string,
  report: (message: string, error: unknown) => void,
): Promise<PluginDatabase> {
  const schema = plugin.manifest.id;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: LOG_CONNECTIONS,
    application_name: `weinao ${schema}`,
  });
  let closing = false;
  const broken = (error: unknown): void => {
    if (!closing) report('A database connection broke', error);
  };
  pool.on('error', broken);
  // the pool listens to idle connections only: one that breaks between two queries would end the process
  pool.on('connect', (client) => client.on('error', () => undefined));
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    schema,
    poolSize: QUERY_CONNECTIONS,
    poolErrorHandler: broken,
    applicationName: `weinao ${schema} queries`,
    namingStrategy: new SnakeCaseNamingStrategy(),
    entities: entitiesOf(plugin) as (new () => object)[],
    migrations: [...plugin.migrations],
    migrationsTableName: 'migrations',
    installExtensions: false,
  });
  const close = async (): Promise<void> => {
    closing = true; // the server may be gone before it has read our farewell
    if (dataSource.isInitialized) await dataSource.destroy();
    await pool.end();
  };
  try {
    await withSetupLock(pool, schema, async () => {
      await createKernelSchema(pool, schema);
      await dataSource.initialize();
      await dataSource.runMigrations({ transaction: 'all' });
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, dataSource, close };
}

/** One process at a time sets a plugin's schema up. */
async function withSetupLock(pool: pg.Pool, plugin: string, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [`weinao setup ${plugin}`]);
    await work();
    await client.query('select pg_advisory_unlock(hashtext($1))', [`weinao setup ${plugin}`]);
    client.release();
  } catch (error) {
    client.release(true); // closing the session gives the lock back
    throw error;
  }
}

/** Puts back read-model tables that somebody dropped, so that a rebuild can fill them. */
export async function restoreTables({ dataSource }: PluginDatabase): Promise<void> {
  await dataSource.synchronize();
}
