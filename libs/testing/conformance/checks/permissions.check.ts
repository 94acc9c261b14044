import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertPermissions, ROLES } from '@weinao/plugins';
import { askAll, nobody } from '../outsiders.ts';
import type { SourceCheck, StoryCheck } from '../check.ts';

const NOT_THE_PLUGIN = /(^|\/)(test|node_modules|contract)\/|\.spec\.ts$|(^|\/)manifest\.ts$/;

export const permissionsCheck: SourceCheck = {
  id: 'permissions',
  title: 'asks for a permission in every operation, and uses each that it declares',
  level: 'bronze',
  needs: 'sources',
  async findings({ plugin, folder }) {
    assertPermissions(plugin);
    const { id, permissions } = plugin.manifest;
    const sources = await sourcesIn(fileURLToPath(folder));
    return permissions
      .map((permission) => `${id}.${permission.id}`)
      .filter((permission) => !new RegExp(`['"\`]${permission}['"\`]`).test(sources))
      .map((permission) => `Nothing asks for the permission ${permission}`);
  },
};

async function sourcesIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter((name) => name.endsWith('.ts') && !NOT_THE_PLUGIN.test(name));
  return (await Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

export const refusalCheck: StoryCheck = {
  id: 'refusal',
  title: 'refuses every query and every mutation to who has no role',
  level: 'bronze',
  needs: 'story',
  exempt: ({ plugin }) =>
    Object.values(plugin.resolvers).flat().length > 0 ? undefined : 'it has no schema',
  async findings({ harness }) {
    const answers = await askAll(harness, nobody, ['some-id']);
    return answers
      .filter(({ code }) => code !== 'FORBIDDEN')
      .map(
        ({ operation, code }) =>
          `${operation} answers who has none of ${ROLES.join(', ')}: ${code ?? 'data'}`,
      );
  },
};
