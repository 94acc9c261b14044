import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPluginDatabase } from '@weinao/plugins';
import type { PluginDatabase } from '@weinao/plugins';
import type { PluginStory } from './plugin.story.ts';
import { createTestDatabase } from '../servers/test.database.ts';
import type { TestDatabase } from '../servers/test.database.ts';

/** The migrations alone lead to the tables that the entities describe, and back. */
export function describeMigrations({ plugin }: PluginStory): void {
  describe('migrates its read models', () => {
    let server: TestDatabase;
    let database: PluginDatabase;
    let reports: string[];

    beforeEach(async () => {
      reports = [];
      server = await createTestDatabase();
      database = await openPluginDatabase(plugin, server.url, (message) => reports.push(message));
    });

    afterEach(async () => {
      await database.close();
      const left = [...reports]; // the database goes by force, and a connection that is just closing may complain
      await server.close();
      expect(left).toEqual([]);
    });

    /** What would still have to be done for the tables to be as the entities say. */
    const missing = async (): Promise<string[]> => {
      const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
      return upQueries.map(({ query }) => query);
    };

    it('to what its entities describe', async () => {
      expect(await missing()).toEqual([]);
    });

    it('down to nothing, and up again', async () => {
      const { dataSource } = database;
      for (const _migration of plugin.migrations) await dataSource.undoLastMigration({ transaction: 'all' });
      const tables = plugin.projections.flatMap(({ tables }) => tables.map(({ table }) => table));
      expect((await tablesOf(plugin.manifest.id)).filter((table) => tables.includes(table))).toEqual([]);
      await dataSource.runMigrations({ transaction: 'all' });
      expect(await missing()).toEqual([]);
    });

    async function tablesOf(schema: string): Promise<string[]> {
      const { rows } = await server.pool.query<{ table_name: string }>(
        'select table_name from information_schema.tables where table_schema = $1',
        [schema],
      );
      return rows.map((row) => row.table_name);
    }
  });
}
