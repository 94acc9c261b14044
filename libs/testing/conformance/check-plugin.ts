import { attempt, lookInto } from './check.ts';
import type { SourceCheck, StoryCheck } from './check.ts';
import { checks } from './checks.ts';
import { exempted, judged, reportOf, unknown } from './plugin.report.ts';
import type { CheckResult, Described, PluginReport } from './plugin.report.ts';
import { tellStory } from './told.story.ts';
import type { PluginStory, ToldStory } from '../plugins/plugin.story.ts';

export interface CheckPluginOptions {
  /** Connection string of a PostgreSQL server, in which a database comes and goes. */
  readonly server: string;
  /** Told before each check. */
  progress?(title: string): void;
}

const STORY: Described = {
  id: 'story',
  title: 'starts, and its story can be told without a complaint',
  level: 'bronze',
};

const sourceChecks = checks.filter((check): check is SourceCheck => check.needs === 'sources');
const storyChecks = checks.filter((check): check is StoryCheck => check.needs === 'story');

/** Looks into everything that the levels ask for, in a fresh database. */
export async function checkPlugin(story: PluginStory, options: CheckPluginOptions): Promise<PluginReport> {
  const { id, level } = story.plugin.manifest;
  const sources = await lookIntoSources(story, options);
  return reportOf(id, level, [...sources, ...(await lookIntoStory(story, sources, options))]);
}

/** What is known of a plugin whose files cannot even be loaded. */
export function reportOfBroken(plugin: string, { message }: Error): PluginReport {
  const [manifest, ...others] = sourceChecks;
  const rest = [...others, STORY, ...storyChecks];
  return reportOf(plugin, undefined, [
    judged(manifest!, [message]),
    ...rest.map((check) => unknown(check, 'it cannot be loaded')),
  ]);
}

async function lookIntoSources(story: PluginStory, { progress }: CheckPluginOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of sourceChecks) {
    progress?.(check.title);
    results.push(
      exempted(check, check.exempt?.(story)) ?? judged(check, await attempt(() => check.findings(story))),
    );
  }
  return results;
}

async function lookIntoStory(
  story: PluginStory,
  sources: readonly CheckResult[],
  { server, progress }: CheckPluginOptions,
): Promise<CheckResult[]> {
  progress?.(STORY.title);
  const told = await tellStory(story, server).catch((error: Error) => error);
  if (told instanceof Error) return notStarted(told, sources);
  try {
    const results = [judged(STORY, told.harness.takeReports())];
    for (const check of storyChecks) {
      progress?.(check.title);
      results.push(exempted(check, check.exempt?.(story)) ?? judged(check, await lookInto(check, told)));
    }
    return results;
  } finally {
    await closed(told);
  }
}

/** What it says as it stops is no check's: its connections are cut. */
const closed = ({ harness }: ToldStory): Promise<void> => harness.close().catch(() => undefined);

/** Why it does not start is known already where what it says of itself is not right. */
function notStarted({ message }: Error, sources: readonly CheckResult[]): CheckResult[] {
  const isKnown = sources.some(({ outcome }) => outcome === 'failed');
  return [
    isKnown ? unknown(STORY, message) : judged(STORY, [message]),
    ...storyChecks.map((check) => unknown(check, 'it did not start')),
  ];
}
