import { RebuildUnderWay } from '@weinao/events';
import type { RebuildProgress } from '@weinao/events';
import { rebuildReadModels, reportToConsole, StartupError } from '@weinao/plugins';
import { Command } from 'commander';
import { withDatabase } from './data.database.ts';
import { knownPlugin, pluginIds } from './known-plugin.ts';
import { ProgressLine } from './progress-line.ts';

interface RebuildOptions {
  readonly projection?: string[];
}

export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description(
      'Make a plugin’s read models anew from its log, while a running system goes on reading the old ones · 重建读模型，期间照常读取',
    )
    .argument('<plugin>', `one of: ${pluginIds}`)
    .option('--projection <name...>', 'only these of its projections')
    .action(async (id: string, { projection: projections }: RebuildOptions) => {
      const plugin = knownPlugin(id);
      const line = new ProgressLine();
      await withDatabase((databaseUrl) =>
        rebuildReadModels(plugin, {
          databaseUrl,
          kurrentUrl: process.env.KURRENTDB_URL,
          ...(projections && { projections }),
          progress: (progress) => line.show(told(progress)),
          report: reportToConsole,
        }),
      ).catch(inASentence);
      line.end(`The read models of ${id} are rebuilt.`);
    });

const told = ({ projection, position, head, eventsPerSecond, secondsLeft }: RebuildProgress): string =>
  `${projection}: ${position} of ${head} events, ${eventsPerSecond} events/s, ${Math.ceil(secondsLeft)} s left`;

function inASentence(error: unknown): never {
  throw error instanceof RebuildUnderWay ? new StartupError(`${error.message}.`) : error;
}
