import type { Level } from '@weinao/plugins';
import type { PluginStory, ToldStory } from '../plugins/plugin.story.ts';

/** Sentences, one for each thing that is wrong; none where all is well. */
export type Findings = readonly string[];

interface Described {
  /** Stable, for machines. */
  readonly id: string;
  /** What holds where it passes, to be read after `It`. */
  readonly title: string;
  /** The lowest level that asks for it. */
  readonly level: Level;
  /** Why it does not concern this plugin; undefined where it does. */
  exempt?(this: void, story: PluginStory): string | undefined;
}

/** Looks at what the plugin says of itself; nothing runs. */
export interface SourceCheck extends Described {
  readonly needs: 'sources';
  findings(this: void, story: PluginStory): Promise<Findings>;
}

/** Looks at the running plugin to which its story was told. */
export interface StoryCheck extends Described {
  readonly needs: 'story';
  findings(this: void, told: ToldStory): Promise<Findings>;
}

export type Check = SourceCheck | StoryCheck;

/** A check's findings, and what the services complained of meanwhile. What it throws is a finding too. */
export async function lookInto(check: Check, told: ToldStory): Promise<Findings> {
  const findings = await attempt(() => check.findings(told));
  return [...findings, ...told.harness.takeReports().map((text) => `The service reported: ${text}`)];
}

export async function attempt(look: () => Promise<Findings>): Promise<Findings> {
  try {
    return await look();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

export const onlyOfCommunities = ({ plugin }: PluginStory): string | undefined =>
  plugin.manifest.scope === 'community' ? undefined : 'it is on in every community';
