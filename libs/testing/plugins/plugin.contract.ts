import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeAccess } from './access.contract.ts';
import { describePromises } from './promises.contract.ts';
import { describeSettings } from './settings.contract.ts';
import { openPluginHarness } from './plugin.harness.ts';
import { describeDurability } from './durability.contract.ts';
import { describeGoldenEvents } from './golden.contract.ts';
import { describeMigrations } from './migrations.contract.ts';
import { OSMANTHUS_COURT } from './people.ts';
import { NEIGHBOUR } from './plugin.story.ts';
import type { PluginStory, ToldStory } from './plugin.story.ts';

/** What every plugin keeps to, whatever it is about. */
export function describePlugin(name: string, open: () => PluginStory): void {
  describe(`the plugin ${name}`, () => {
    const story = open();
    let told: ToldStory;

    beforeAll(async () => {
      const enabledIn = [OSMANTHUS_COURT, NEIGHBOUR];
      const harness = await openPluginHarness(story.plugin, { enabledIn, others: story.others });
      told = { ...story, harness, answers: undefined };
      await story.prepare?.(harness);
      told = { ...told, answers: await story.sampleStory(harness) };
    });

    // where the opening failed there is nothing to close
    afterAll(() => (told as ToldStory | undefined)?.harness.close());

    describePromises(story, () => told);
    describeAccess(story, () => told);
    describeDurability(() => told);
    describeMigrations(story);
    describeSettings(story, () => told);
    describeGoldenEvents(story, () => told);
  });
}
