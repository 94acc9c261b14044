import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parseManifest } from '@weinao/plugins';
import { parse, print } from 'graphql';
import type { PluginStory, ToldStory } from './plugin.story.ts';

const CHINESE = /\p{Script=Han}/u;
const FILES = { community: 'subgraph.graphql', platform: 'platform.graphql' } as const;

const definitionsOf = (sdl: string): string[] => parse(sdl).definitions.map(print).sort();

interface EventsSchema {
  readonly oneOf: readonly { readonly title: string }[];
}

/** What a plugin says of itself is so, and in both languages. */
export function describePromises({ plugin, folder }: PluginStory, told: () => ToldStory): void {
  const { manifest } = plugin;
  const committed = (file: string): Promise<string> => readFile(new URL(`contract/${file}`, folder), 'utf8');
  const readEvents = async (): Promise<EventsSchema> =>
    JSON.parse(await committed('events.schema.json')) as EventsSchema;

  describe('promises', () => {
    it('a manifest that keeps every rule, also when it comes over the wire', () => {
      expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
    });

    it('names in Chinese and in English, of itself and of each permission', () => {
      const names = [manifest, ...manifest.permissions].map(({ id, name }) => ({ id, ...name }));
      expect(
        names.filter(({ zh, en }) => !CHINESE.test(zh) || CHINESE.test(en) || !/[a-z]/i.test(en)),
      ).toEqual([]);
    });

    it('each event that the story leads to', async () => {
      const happened = new Set((await told().harness.events()).map(({ type }) => type));
      expect([...happened].filter((type) => !manifest.publishes.includes(type))).toEqual([]);
      expect(happened.size).toBeGreaterThan(0);
    });

    it('the events that its committed schema describes', async () => {
      const { oneOf } = await readEvents();
      expect(oneOf.map(({ title }) => title)).toEqual([...manifest.publishes].sort());
    });

    it('the subgraphs that are committed in contract/', async () => {
      const { sdl } = told().harness.announcement;
      for (const door of Object.keys(sdl) as (keyof typeof FILES)[]) {
        expect(definitionsOf(await committed(FILES[door]))).toEqual(definitionsOf(sdl[door]!));
      }
    });
  });
}
