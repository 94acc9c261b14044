import { beforeAll, describe, expect, it } from '@jest/globals';
import { createKernelSchema, PostgresEventLog, upcast, withUpcasters } from '@weinao/events';
import { appendRequest, factOf } from '../contracts/append.builder.ts';
import { decidersIn, problemsOfReading, readGoldenEvents, storedExamples } from './golden.events.ts';
import type { GoldenEvent } from './golden.events.ts';
import type { PluginStory, ToldStory } from './plugin.story.ts';

const SCHEMA = 'golden';

/** What any version of the plugin ever wrote, today's can read. */
export function describeGoldenEvents({ plugin, folder }: PluginStory, told: () => ToldStory): void {
  const upcasters = plugin.upcasters ?? {};

  describe('reads for ever', () => {
    let golden: GoldenEvent[];

    beforeAll(async () => {
      golden = await readGoldenEvents(folder);
    });

    it('each version of each event, in its deciders and its projections', async () => {
      const deciders = await decidersIn(folder);
      expect(deciders.length).toBeGreaterThan(0);
      expect(problemsOfReading(golden, plugin, deciders)).toEqual([]);
    });

    it('each event that the story led to, as one of these', async () => {
      const known = golden.map(({ type }) => type);
      const happened = new Set((await told().harness.events()).map(({ type }) => type));
      expect([...happened].filter((type) => !known.includes(type))).toEqual([]);
    });

    it('each version from a log in which it was stored', async () => {
      const { pool } = told().harness.database;
      await createKernelSchema(pool, SCHEMA);
      const log = new PostgresEventLog(pool, SCHEMA);
      const examples = storedExamples(golden);
      for (const { type, data, schemaVersion } of examples) {
        await log.append(appendRequest({ events: [{ ...factOf(type, data), schemaVersion }] }));
      }
      const read = await withUpcasters(log, upcasters).read({ after: 0n, limit: examples.length + 1 });
      const shown = read.map(({ type, data, schemaVersion }) => ({ type, data, schemaVersion }));
      expect(shown).toEqual(
        examples
          .map((example) => upcast(example, upcasters))
          .map(({ type, data, schemaVersion }) => ({ type, data, schemaVersion })),
      );
      expect(read.length).toBeGreaterThan(0);
    });
  });
}
