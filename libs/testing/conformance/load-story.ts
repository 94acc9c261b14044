import { readdir } from 'node:fs/promises';
import type { PluginStory } from '../plugins/plugin.story.ts';

const STORY = /\.story\.ts$/;

/** The folder holds no story that could be told. */
export class StoryMissing extends Error {
  override readonly name = 'StoryMissing';
}

/**
 * The story that `test/*.story.ts` of the plugin's folder exports as `story`.
 *
 * @param folder ends with a slash
 * @throws StoryMissing where there is none, or more than one; else what the files throw
 */
export async function loadStory(folder: URL): Promise<PluginStory> {
  const test = new URL('test/', folder);
  const names = await readdir(test).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const stories: PluginStory[] = [];
  for (const name of names.filter((one) => STORY.test(one)).sort()) {
    const { story } = (await import(new URL(name, test).href)) as { readonly story?: PluginStory };
    if (story) stories.push(story);
  }
  if (stories.length === 1) return stories[0]!;
  const what = stories.length === 0 ? 'No file' : 'More than one file';
  throw new StoryMissing(`${what} test/*.story.ts of ${folder.pathname} exports a \`story\`.`);
}
