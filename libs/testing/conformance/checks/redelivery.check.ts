import pg from 'pg';
import type { PluginHarness } from '../../plugins/plugin.harness.ts';
import type { Findings, StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';

const HOUR_MS = 3_600_000;
/** A timer may lead to a timer, as in an escalation. */
const MOST_TIMERS_IN_A_ROW = 6;
const LONGEST_TIMER_MS = 31 * 24 * HOUR_MS;

export async function untilNothingWaits(harness: PluginHarness): Promise<void> {
  for (let times = 0; times < MOST_TIMERS_IN_A_ROW; times += 1) await harness.advance(LONGEST_TIMER_MS);
}

/** @returns what a piece of work changed in the log and the read models */
async function changesBy(harness: PluginHarness, work: () => Promise<void>): Promise<Findings> {
  const look = async () => ({ events: await harness.events(), rows: await harness.readModelRows() });
  const before = await look();
  await work();
  return differences(before, await look());
}

const named = (what: string, findings: Findings): string[] => findings.map((text) => `${what}: ${text}`);

export const repeatCheck: StoryCheck = {
  id: 'repeat',
  title: 'does nothing twice when every command comes a second time, also after a restart',
  level: 'silver',
  needs: 'story',
  async findings({ harness, answers, sampleStory }) {
    await untilNothingWaits(harness);
    const tellAgain = async (when: string, before: () => Promise<void>): Promise<Findings> => {
      let again: unknown;
      const changes = await changesBy(harness, async () => {
        await before();
        again = await sampleStory(harness);
        await harness.quiet();
      });
      return [
        ...named(`Told again ${when}, the story changed something`, changes),
        ...named(`Told again ${when}, the story got other answers`, differences(answers, again)),
      ];
    };
    return [
      ...(await tellAgain('later', async () => harness.clock.advance(HOUR_MS))),
      ...(await tellAgain('after a restart', () => harness.restart())),
    ];
  },
};

export const redeliveryCheck: StoryCheck = {
  id: 'redelivery',
  title: 'does nothing twice when every event that it reacts to comes a second time',
  level: 'silver',
  needs: 'story',
  exempt: ({ plugin }) => (plugin.reactions?.length ? undefined : 'it reacts to no event'),
  async findings({ harness, plugin }) {
    const schema = pg.escapeIdentifier(plugin.manifest.id);
    const forget = `update ${schema}.checkpoints set position = 0 where name like 'reaction:%'`;
    const changes = await changesBy(harness, async () => {
      await harness.whileStopped(async () => void (await harness.database.pool.query(forget)));
      await harness.quiet();
    });
    return named('Every event came a second time, and something changed', changes);
  },
};
