import { readdir, readFile } from 'node:fs/promises';
import { compose } from '@weinao/composition';
import { COMMUNITIES_PLUGIN } from '@weinao/plugins';
import type { Door } from '@weinao/plugins';
import type { Findings, StoryCheck } from '../check.ts';
import type { PluginStory } from '../../plugins/plugin.story.ts';

export const SUBGRAPH_FILES = { community: 'subgraph.graphql', platform: 'platform.graphql' } as const;

export interface KnownSubgraph {
  readonly plugin: string;
  readonly door: Door;
  readonly sdl: string;
}

const nothingWhereMissing = (error: NodeJS.ErrnoException): never[] => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
};

/** The committed subgraphs of the plugins in these folders, by the folder's name. */
export async function subgraphsIn(folders: readonly URL[]): Promise<KnownSubgraph[]> {
  const all = folders.flatMap((folder) =>
    (Object.keys(SUBGRAPH_FILES) as Door[]).map(async (door): Promise<KnownSubgraph[]> => {
      const file = new URL(`contract/${SUBGRAPH_FILES[door]}`, folder);
      const plugin = folder.pathname.split('/').at(-2)!;
      return readFile(file, 'utf8').then((sdl) => [{ plugin, door, sdl }], nothingWhereMissing);
    }),
  );
  return (await Promise.all(all)).flat();
}

async function knownBeside({ folder, known = [] }: PluginStory): Promise<KnownSubgraph[]> {
  const names = await readdir(new URL('../', folder)).catch(nothingWhereMissing);
  const folders = [...names.map((name) => new URL(`../${name}/`, folder)), ...known];
  return subgraphsIn([...new Map(folders.map((url) => [url.href, url])).values()]);
}

/** Composes a plugin's part of each door with the part of the communities alone, and with all that is known. */
export function problemsOfComposing(
  plugin: string,
  sdl: Readonly<Partial<Record<Door, string>>>,
  known: readonly KnownSubgraph[],
): Findings {
  return (Object.entries(sdl) as [Door, string][]).flatMap(([door, own]) => {
    const others = known.filter((other) => other.door === door && other.plugin !== plugin);
    const communities = others.filter((other) => other.plugin === COMMUNITIES_PLUGIN);
    const sets = { alone: communities, [`beside ${others.map((other) => other.plugin).join(', ')}`]: others };
    return Object.entries(sets).flatMap(([where, set]) => {
      try {
        compose([...set, { plugin, sdl: own }]);
        return [];
      } catch (error) {
        return [`The schema of the ${door}'s door does not compose ${where}: ${(error as Error).message}`];
      }
    });
  });
}

export const compositionCheck: StoryCheck = {
  id: 'composition',
  title: 'has a schema that composes, alone and beside all known plugins',
  level: 'bronze',
  needs: 'story',
  async findings(told) {
    const { sdl } = told.harness.announcement;
    return problemsOfComposing(told.plugin.manifest.id, sdl, await knownBeside(told));
  },
};
