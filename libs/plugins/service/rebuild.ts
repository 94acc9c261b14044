import { Projector } from '@weinao/events';
import type { EventLog, Projection } from '@weinao/events';
import { openPluginDatabase, restoreTables } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import type { Plugin } from '../plugin.ts';

export interface RebuildOptions {
  readonly databaseUrl: string;
  /** Connection string of KurrentDB; without one, the log is in the database. */
  readonly kurrentUrl?: string;
  /** Told after each page. */
  progress(projection: string, position: bigint, head: bigint): void;
  report(message: string, error?: unknown): void;
}

/**
 * Folds a plugin's read models again from its log, beside a running service or without one. Readers see the old rows
 * until the new ones are complete; tables that were dropped are put back first.
 */
export async function rebuildReadModels(plugin: Plugin, options: RebuildOptions): Promise<void> {
  const schema = plugin.manifest.id;
  const database = await openPluginDatabase(plugin, options.databaseUrl, options.report);
  let log: EventLog | undefined;
  try {
    await restoreTables(database);
    log = await openLog(plugin, database, options.kurrentUrl);
    for (const projection of plugin.projections as readonly Projection[]) {
      const projector = new Projector({
        pool: database.pool,
        schema,
        log,
        projection,
        report: options.report,
      });
      await projector.rebuild((position, head) => options.progress(projection.name, position, head));
    }
  } finally {
    await log?.close();
    await database.close();
  }
}
