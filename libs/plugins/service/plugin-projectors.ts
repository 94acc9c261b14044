import { Projector } from '@weinao/events';
import type { EventLog, Projection, ReadModelProgress } from '@weinao/events';
import type pg from 'pg';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import type { Plugin } from '../plugin.ts';

export interface PluginProjectorsOptions {
  readonly databaseUrl: string;
  /** Connection string of KurrentDB; without one, the log is in the database. */
  readonly kurrentUrl?: string;
  report(message: string, error?: unknown): void;
}

/** One for each projection of the plugin, not started. Only a log in PostgreSQL has a table that SQL could read. */
export function projectorsOf(
  { manifest, upcasters = {}, projections }: Plugin,
  { pool, log, kurrentUrl, progress, report }: ProjectorsOfOptions,
): Projector[] {
  const eventsTable = kurrentUrl ? undefined : { upcasters };
  return (projections as readonly Projection[]).map((projection) => {
    const onMoved = (position: bigint): void => progress?.moved(projection.name, position);
    return new Projector({ pool, schema: manifest.id, log, projection, eventsTable, onMoved, report });
  });
}

export interface ProjectorsOfOptions extends Omit<PluginProjectorsOptions, 'databaseUrl'> {
  readonly pool: pg.Pool;
  readonly log: EventLog;
  /** Told how far each one is. */
  readonly progress?: ReadModelProgress;
}

/** Lends a plugin's projectors, not started, to work that is done once, beside a running service or without one. */
export async function withProjectors<Value>(
  plugin: Plugin,
  { databaseUrl, kurrentUrl, report }: PluginProjectorsOptions,
  work: (projectors: ReadonlyMap<string, Projector>, database: PluginDatabase) => Promise<Value>,
): Promise<Value> {
  const database = await openPluginDatabase(plugin, databaseUrl, report);
  let log: EventLog | undefined;
  try {
    const { pool } = database;
    log = await openLog(plugin, database, kurrentUrl);
    const projectors = projectorsOf(plugin, { pool, log, kurrentUrl, report });
    return await work(new Map(projectors.map((projector) => [projector.name, projector])), database);
  } finally {
    await log?.close();
    await database.close();
  }
}
