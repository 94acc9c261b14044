import { PostgresEventLog, Projector, withUpcasters } from '@weinao/events';
import type { Projection } from '@weinao/events';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import type { Plugin } from '../plugin.ts';

export interface PluginProjectorsOptions {
  readonly databaseUrl: string;
  report(message: string, error?: unknown): void;
}

/** Lends a plugin's projectors, not started, to work that is done once, beside a running service or without one. */
export async function withProjectors<Value>(
  plugin: Plugin,
  { databaseUrl, report }: PluginProjectorsOptions,
  work: (projectors: ReadonlyMap<string, Projector>, database: PluginDatabase) => Promise<Value>,
): Promise<Value> {
  const schema = plugin.manifest.id;
  const upcasters = plugin.upcasters ?? {};
  const database = await openPluginDatabase(plugin, databaseUrl, report);
  try {
    const { pool } = database;
    const log = withUpcasters(new PostgresEventLog(pool, schema), upcasters);
    const projectors = (plugin.projections as readonly Projection[]).map(
      (projection) =>
        [
          projection.name,
          new Projector({ pool, schema, log, projection, eventsTable: { upcasters }, report }),
        ] as const,
    );
    return await work(new Map(projectors), database);
  } finally {
    await database.close();
  }
}
