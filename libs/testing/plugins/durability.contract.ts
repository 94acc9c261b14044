import { describe, expect, it } from '@jest/globals';
import type { ToldStory } from './plugin.story.ts';

/** The log is the truth: all else can be lost, repeated or started again. */
export function describeDurability(told: () => ToldStory): void {
  describe('loses and doubles nothing', () => {
    it('when its read models are emptied and rebuilt', async () => {
      const { harness } = told();
      const live = await harness.readModelRows();
      expect(Object.values(live).flat().length).toBeGreaterThan(0);
      await harness.tables.empty();
      await harness.rebuild();
      expect(await harness.readModelRows()).toEqual(live);
    });

    it('when every command of the story comes a second time', async () => {
      const { harness, answers, sampleStory } = told();
      const before = { rows: await harness.readModelRows(), events: await harness.events() };
      harness.clock.advance(3_600_000);
      expect(await sampleStory(harness)).toEqual(answers);
      expect({ rows: await harness.readModelRows(), events: await harness.events() }).toEqual(before);
    });

    it('when the service is stopped and started again', async () => {
      const { harness, answers, sampleStory } = told();
      const before = { rows: await harness.readModelRows(), events: await harness.events() };
      await harness.restart();
      expect(await sampleStory(harness)).toEqual(answers);
      expect({ rows: await harness.readModelRows(), events: await harness.events() }).toEqual(before);
    });
  });
}
