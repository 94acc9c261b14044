import type { RebuildProgress } from '@weinao/events';
import { StartupError } from './environment.ts';
import { restoreTables } from './plugin-database.ts';
import { withProjectors } from './plugin-projectors.ts';
import type { PluginProjectorsOptions } from './plugin-projectors.ts';
import type { Plugin } from '../plugin.ts';

export interface RebuildReadModelsOptions extends PluginProjectorsOptions {
  /** Names; all of the plugin's unless some are named. */
  readonly projections?: readonly string[];
  /** Told after each page. */
  progress(progress: RebuildProgress): void;
}

/**
 * Makes a plugin's read models anew from its log, beside a running service or without one. Readers see the old rows
 * until the new ones are complete; tables that were dropped are put back first.
 *
 * @throws StartupError for a name that no projection has; RebuildUnderWay when another process rebuilds one of them
 */
export async function rebuildReadModels(plugin: Plugin, options: RebuildReadModelsOptions): Promise<void> {
  const present = plugin.projections.map(({ name }) => name);
  const wanted = options.projections ?? present;
  const unknown = wanted.find((name) => !present.includes(name));
  if (unknown !== undefined) {
    const { id } = plugin.manifest;
    throw new StartupError(`${id} has no projection ${unknown}; it has ${present.join(', ') || 'none'}.`);
  }
  await withProjectors(plugin, options, async (projectors, database) => {
    await restoreTables(database);
    for (const name of wanted) await projectors.get(name)!.rebuild({ progress: options.progress });
  });
}
