import pg from 'pg';
import { happenBeside } from '../../plugins/neighbour.ts';
import { OSMANTHUS_COURT } from '../../plugins/people.ts';
import type { PluginHarness } from '../../plugins/plugin.harness.ts';
import { PluginTables } from '../../plugins/plugin.tables.ts';
import type { ToldStory } from '../../plugins/plugin.story.ts';
import { onlyOfCommunities } from '../check.ts';
import type { Findings, StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';

/** Where it is on all the time; where it is off until the neighbours have told; where it is off when timers are due. */
const [ALWAYS_ON, ON_LATE, OFF_FOR_LONG] = ['always-on', 'on-late', 'off-for-long'] as const;

const DAY_MS = 86_400_000;
/** A timer may lead to a timer; who sets one for ever again is looked at no longer. */
const MOST_TIMERS = 50;

export const absenceCheck: StoryCheck = {
  id: 'absence',
  title: 'does nothing while it is off, and loses nothing by it',
  level: 'silver',
  needs: 'story',
  exempt: onlyOfCommunities,
  async findings(told) {
    const { harness, plugin } = told;
    const own = async () => (await harness.events()).filter((event) => event.community === OSMANTHUS_COURT);
    const before = await own();
    harness.disable(OSMANTHUS_COURT);
    const beside = await problemsOfAbsences(told);
    const meanwhile = differences(before, await own());
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    const kept = differences(before, (await own()).slice(0, before.length));
    return [
      ...meanwhile.map((text) => `Something happened where it was off: ${text}`),
      ...kept.map((text) => `Turned on again, something is not as it was: ${text}`),
      ...(await waitingTimers(harness, plugin.manifest.id, OSMANTHUS_COURT)),
      ...beside,
    ];
  },
};

/** What the neighbours told in the story, they tell in three communities more. In the end all three have seen the same. */
async function problemsOfAbsences(told: ToldStory): Promise<Findings> {
  const { harness } = told;
  for (const community of [ALWAYS_ON, ON_LATE, OFF_FOR_LONG]) await harness.found(community);
  for (const community of [ALWAYS_ON, OFF_FOR_LONG]) await harness.enable(community);
  await tellOfNeighbours(told);
  harness.disable(OFF_FOR_LONG);
  await harness.enable(ON_LATE);
  await harness.quiet();
  await untilNothingIsDue(told);
  await harness.advance(DAY_MS);
  await harness.enable(OFF_FOR_LONG);
  await harness.quiet();
  await untilNothingIsDue(told);
  const seen = async (community: string) =>
    (await harness.events())
      .filter((event) => event.community === community)
      .map(({ type }) => type)
      .sort();
  const always = await seen(ALWAYS_ON);
  return [
    ...differences(always, await seen(ON_LATE)).map(
      (text) => `What neighbours told while it was off led to something else: ${text}`,
    ),
    ...differences(always, await seen(OFF_FOR_LONG)).map(
      (text) => `What was due while it was off led to something else: ${text}`,
    ),
  ];
}

/** Only what is not over by the time: a fleeting reaction says that it is. */
async function tellOfNeighbours({ harness, plugin, others = [] }: ToldStory): Promise<void> {
  const lasting = (plugin.reactions ?? []).filter(
    (reaction) => !('fleeting' in reaction && reaction.fleeting),
  );
  const follows = new Set(lasting.flatMap((reaction) => reaction.follows));
  for (const other of others) {
    const { id } = other.manifest;
    const told = await new PluginTables(harness.database.pool, other).events();
    for (const { type, stream, data, community } of told) {
      if (community !== OSMANTHUS_COURT || !follows.has(`${id}.${type}`)) continue;
      const [category, , key] = stream.split('/');
      for (const place of [ALWAYS_ON, OFF_FOR_LONG, ON_LATE]) {
        await happenBeside(harness, id, `${category}/${key}`, { type, data }, place);
      }
    }
  }
}

/** From one timer to the next, so that each fires in time where the plugin is on. */
async function untilNothingIsDue({ harness, plugin }: ToldStory): Promise<void> {
  for (let times = 0; times < MOST_TIMERS; times += 1) {
    const now = harness.clock.now();
    const { rows } = await harness.database.pool.query<{ next: Date | null }>(
      `select min(due) as next from ${pg.escapeIdentifier(plugin.manifest.id)}.timers where due > $1`,
      [now],
    );
    const next = rows[0]?.next;
    if (!next) return;
    await harness.advance(next.getTime() - now.getTime());
  }
}

async function waitingTimers(harness: PluginHarness, plugin: string, community: string): Promise<Findings> {
  const { rows } = await harness.database.pool.query<{ name: string }>(
    `select name from ${pg.escapeIdentifier(plugin)}.timers where community = $1 and due <= $2`,
    [community, harness.clock.now()],
  );
  return rows.map(({ name }) => `Turned on again, the timer ${name} is due and does not fire`);
}
