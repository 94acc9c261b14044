import { openPluginDatabase } from '@weinao/plugins';
import type { PluginDatabase } from '@weinao/plugins';
import type { ToldStory } from '../../plugins/plugin.story.ts';
import type { Findings, StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';

/** Last of all: a migration that fails leaves a database that is of no use to others. */
export const migrationsCheck: StoryCheck = {
  id: 'migrations',
  title: 'migrates filled tables down and up again, to what its entities describe',
  level: 'gold',
  needs: 'story',
  exempt: ({ plugin }) => (plugin.migrations.length > 0 ? undefined : 'it has no migrations'),
  async findings(told) {
    const { harness, plugin } = told;
    const live = await harness.readModelRows();
    const findings: string[] = [];
    await harness.whileStopped(async () => {
      const reports: string[] = [];
      const database = await openPluginDatabase(plugin, harness.database.url, (text) => reports.push(text));
      try {
        for (let steps = 0; steps <= plugin.migrations.length; steps += 1) {
          findings.push(...(await problemsOfSteps(told, database, steps)));
          await harness.rebuild();
        }
      } finally {
        await database.close();
      }
      findings.push(...reports);
    });
    return [...findings, ...differences(live, await harness.readModelRows())];
  },
};

/** Goes as many steps down and up again. */
async function problemsOfSteps(
  { harness, plugin }: ToldStory,
  { dataSource }: PluginDatabase,
  steps: number,
): Promise<Findings> {
  for (let step = 0; step < steps; step += 1) await dataSource.undoLastMigration({ transaction: 'all' });
  const left = steps === plugin.migrations.length ? await harness.tables.existing() : [];
  await dataSource.runMigrations({ transaction: 'all' });
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return [
    ...left.map((table) => `Migrated down, the table ${table} is still there`),
    ...upQueries.map(({ query }) => `Migrated ${steps} down and up again, this is missing: ${query}`),
  ];
}
