import { readFile } from 'node:fs/promises';
import type { Door } from '@weinao/plugins';
import { parse, print } from 'graphql';
import type { StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';
import { SUBGRAPH_FILES } from './composition.check.ts';

const definitionsOf = (sdl: string): string[] => parse(sdl).definitions.map(print).sort();

interface EventsSchema {
  readonly oneOf: readonly { readonly title: string }[];
}

export const contractCheck: StoryCheck = {
  id: 'contract',
  title: 'serves the schema and publishes the events that are committed in contract/',
  level: 'gold',
  needs: 'story',
  async findings({ harness, plugin: { manifest }, folder }) {
    const committed = (file: string): Promise<string> =>
      readFile(new URL(`contract/${file}`, folder), 'utf8');
    const { oneOf } = JSON.parse(await committed('events.schema.json')) as EventsSchema;
    const findings = differences(
      [...manifest.publishes].sort(),
      oneOf.map(({ title }) => title),
    ).map((text) => `events.schema.json is not up to date: ${text}`);
    for (const [door, sdl] of Object.entries(harness.announcement.sdl) as [Door, string][]) {
      const file = SUBGRAPH_FILES[door];
      const [served, stored] = [definitionsOf(sdl), definitionsOf(await committed(file))];
      findings.push(...differences(served, stored).map((text) => `${file} is not up to date: ${text}`));
    }
    return findings;
  },
};

/** Who follows events can rely on the manifest. */
export const publishedCheck: StoryCheck = {
  id: 'published-events',
  title: 'publishes each event that the story leads to',
  level: 'bronze',
  needs: 'story',
  async findings({ harness, plugin: { manifest } }) {
    const happened = new Set((await harness.events()).map(({ type }) => type));
    if (happened.size === 0) return ['The story leads to no event'];
    return [...happened]
      .filter((type) => !manifest.publishes.includes(type))
      .map((type) => `${type} happened, but the manifest does not publish it`);
  },
};
