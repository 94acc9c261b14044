import { rebuildReadModels, reportToConsole, StartupError } from '@weinao/plugins';
import { Command } from 'commander';
import { plugins } from '../plugins.ts';
import { withDatabase } from './database.ts';
import { ProgressLine } from './progress-line.ts';

export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description(
      'Fold a plugin’s read models again from its log, beside a running system or without one · 重建读模型',
    )
    .argument('<plugin>', `one of: ${plugins.map(({ manifest }) => manifest.id).join(', ')}`)
    .action(async (id: string) => {
      const plugin = plugins.find(({ manifest }) => manifest.id === id);
      if (!plugin) throw new StartupError(`There is no plugin ${id} here.`);
      const line = new ProgressLine();
      await withDatabase(async (databaseUrl) => {
        await rebuildReadModels(plugin, {
          databaseUrl,
          progress: (projection, position, head) => line.show(`${projection}: ${position} of ${head} events`),
          report: reportToConsole,
        });
      });
      line.end(`The read models of ${id} are rebuilt.`);
    });
