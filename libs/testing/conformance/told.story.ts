import { openPluginHarness } from '../plugins/plugin.harness.ts';
import { OSMANTHUS_COURT } from '../plugins/people.ts';
import { FARTHER_NEIGHBOUR, NEIGHBOUR } from '../plugins/plugin.story.ts';
import type { PluginStory, ToldStory } from '../plugins/plugin.story.ts';

/**
 * Starts the plugin and tells its story, with two neighbours where it is on too. Close the harness afterwards.
 *
 * @param server connection string of the PostgreSQL server; that of the test run unless said otherwise
 * @throws Error when it does not start, or its story cannot be told
 */
export async function tellStory(story: PluginStory, server?: string): Promise<ToldStory> {
  const enabledIn = [OSMANTHUS_COURT, NEIGHBOUR, FARTHER_NEIGHBOUR];
  const harness = await openPluginHarness(story.plugin, { enabledIn, others: story.others, server });
  try {
    await story.prepare?.(harness);
    const answers = await story.sampleStory(harness);
    await harness.quiet();
    return { ...story, harness, answers, asked: harness.takeAsked() };
  } catch (error) {
    await harness.close().catch(() => undefined); // what went wrong first is what counts
    throw error;
  }
}
