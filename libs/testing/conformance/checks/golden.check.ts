import { createKernelSchema, PostgresEventLog, upcast, withUpcasters } from '@weinao/events';
import type { Recorded } from '@weinao/events';
import { appendRequest, factOf } from '../../contracts/append.builder.ts';
import {
  decidersIn,
  problemsOfReading,
  problemsOfShape,
  readGoldenEvents,
  storedExamples,
} from '../../plugins/golden.events.ts';
import type { StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';

const SCHEMA = 'golden';
const shown = ({ type, data, schemaVersion }: Recorded) => ({ type, data, schemaVersion });

/** What any version of the plugin ever wrote, today's can read. */
export const goldenCheck: StoryCheck = {
  id: 'golden-events',
  title: 'reads every event that any version of it ever wrote',
  level: 'gold',
  needs: 'story',
  async findings({ harness, plugin, folder }) {
    const golden = await readGoldenEvents(folder);
    const deciders = await decidersIn(folder);
    if (golden.length === 0) return ['There are no golden events in contract/golden/'];
    if (deciders.length === 0) return ['No file of domain/ exports a decider that could read them'];
    const { pool } = harness.database;
    await createKernelSchema(pool, SCHEMA);
    const log = new PostgresEventLog(pool, SCHEMA);
    const examples = storedExamples(golden);
    for (const { type, data, schemaVersion } of examples) {
      await log.append(appendRequest({ events: [{ ...factOf(type, data), schemaVersion }] }));
    }
    const upcasters = plugin.upcasters ?? {};
    const read = await withUpcasters(log, upcasters).read({ after: 0n, limit: examples.length + 1 });
    const lifted = examples.map((example) => shown(upcast(example, upcasters)));
    return [
      ...problemsOfReading(golden, plugin, deciders),
      ...differences(lifted, read.map(shown)).map((text) => `Read from a log: ${text}`),
    ];
  },
};

/** What happens now is described for those who read it later. */
export const happenedCheck: StoryCheck = {
  id: 'described-events',
  title: 'has a golden file of each event that the story leads to',
  level: 'gold',
  needs: 'story',
  async findings({ harness, plugin, folder }) {
    const golden = await readGoldenEvents(folder);
    const happened = await harness.events();
    const known = new Set(golden.map(({ type }) => type));
    const missing = new Set(happened.map(({ type }) => type).filter((type) => !known.has(type)));
    const newest = golden.filter(
      ({ type, schemaVersion }) => schemaVersion === (plugin.upcasters?.[type]?.length ?? 0) + 1,
    );
    return [
      ...[...missing].map((type) => `${type} happened, but contract/golden/ holds no file of it`),
      ...newest.flatMap((one) =>
        problemsOfShape(
          one,
          happened.filter(({ type }) => type === one.type).map(({ data }) => data),
        ).map((text) => `It happened in another shape than contract/golden/ says of ${text}`),
      ),
    ];
  },
};
