import { describe, expect, it } from '@jest/globals';
import type { PluginHarness } from './plugin.harness.ts';
import type { ToldStory } from './plugin.story.ts';

const HOUR_MS = 3_600_000;
/** A timer may lead to a timer, as in an escalation. */
const MOST_TIMERS_IN_A_ROW = 6;
const LONGEST_TIMER_MS = 31 * 24 * HOUR_MS;

async function untilNothingWaits(harness: PluginHarness): Promise<void> {
  for (let times = 0; times < MOST_TIMERS_IN_A_ROW; times += 1) await harness.advance(LONGEST_TIMER_MS);
}

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
      await untilNothingWaits(harness);
      const before = { rows: await harness.readModelRows(), events: await harness.events() };
      harness.clock.advance(HOUR_MS);
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
