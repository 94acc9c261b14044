import { PostgresEventLog, Projector, withUpcasters } from '@weinao/events';
import type { Projection, RebuildProgress } from '@weinao/events';
import { openPluginDatabase, restoreTables } from './plugin-database.ts';
import type { Plugin } from '../plugin.ts';

export interface RebuildOptions {
  readonly databaseUrl: string;
  /** Told after each page. */
  progress(progress: RebuildProgress): void;
  report(message: string, error?: unknown): void;
}

/**
 * Folds a plugin's read models again from its log, beside a running service or without one. Readers see the old rows
 * until the new ones are complete; tables that were dropped are put back first.
 */
export async function rebuildReadModels(plugin: Plugin, options: RebuildOptions): Promise<void> {
  const schema = plugin.manifest.id;
  const database = await openPluginDatabase(plugin, options.databaseUrl, options.report);
  try {
    await restoreTables(database);
    const log = withUpcasters(new PostgresEventLog(database.pool, schema), plugin.upcasters ?? {});
    for (const projection of plugin.projections as readonly Projection[]) {
      const projector = new Projector({
        pool: database.pool,
        schema,
        log,
        projection,
        report: options.report,
      });
      await projector.rebuild({ progress: options.progress });
    }
  } finally {
    await database.close();
  }
}
