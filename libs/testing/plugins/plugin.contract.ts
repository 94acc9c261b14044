import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LEVELS } from '@weinao/plugins';
import type { PluginStory, ToldStory } from './plugin.story.ts';
import { lookInto } from '../conformance/check.ts';
import { checks } from '../conformance/checks.ts';
import { tellStory } from '../conformance/told.story.ts';

/** What a plugin of the level that its manifest claims keeps to, whatever it is about; of all levels where it claims none. */
export function describePlugin(name: string, open: () => PluginStory): void {
  describe(`the plugin ${name}`, () => {
    const story = open();
    const claimed = LEVELS.indexOf(story.plugin.manifest.level ?? 'gold');
    let told: ToldStory;

    beforeAll(async () => {
      told = await tellStory(story);
    });

    // where the opening failed there is nothing to close
    afterAll(() => (told as ToldStory | undefined)?.harness.close());

    const asked = checks.filter(({ level }) => LEVELS.indexOf(level) <= claimed);
    for (const check of asked.filter(({ exempt }) => exempt?.(story) === undefined)) {
      it(check.title, async () => {
        expect(await lookInto(check, told)).toEqual([]);
      });
    }
  });
}
