import { runningPostgres, startPostgres } from '@weinao/embedded';
import { rebuildReadModels, reportToConsole, StartupError } from '@weinao/plugins';
import { Command } from 'commander';
import { dataDirectory } from '../data-directory.ts';
import { plugins } from '../plugins.ts';
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
          kurrentUrl: process.env.KURRENTDB_URL,
          progress: (projection, position, head) => line.show(`${projection}: ${position} of ${head} events`),
          report: reportToConsole,
        });
      });
      line.end(`The read models of ${id} are rebuilt.`);
    });

/** DATABASE_URL; else the embedded PostgreSQL, which is started for as long as it takes where it does not run. */
async function withDatabase(work: (databaseUrl: string) => Promise<void>): Promise<void> {
  const directory = dataDirectory();
  const running = process.env.DATABASE_URL ?? (await runningPostgres({ directory }));
  if (running) return work(running);
  const postgres = await startPostgres({ directory });
  try {
    await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
