import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../names/checks.ts';

/** Where each plugin has a folder. */
export const SERVICES = 'apps/services';

export interface SchemaNames {
  readonly types: readonly string[];
  readonly fields: readonly string[];
}

/** Communities enable plugins side by side, so no two may say the same name. @throws Refused */
export async function assertNotInSchema(root: string, { types, fields }: SchemaNames): Promise<void> {
  for (const [owner, sdl] of await subgraphsOf(root)) {
    const taken = [
      ...types.filter((name) => hasType(sdl, name)),
      ...fields.filter((name) => hasField(sdl, name)),
    ];
    if (taken.length === 0) continue;
    throw new Refused(`${taken.join(', ')} is in the schema of ${owner} already; choose another name.`);
  }
}

const hasType = (sdl: string, name: string): boolean =>
  new RegExp(`^(type|input|enum|scalar|interface|union) ${name}\\b`, 'm').test(sdl);

const hasField = (sdl: string, name: string): boolean =>
  [...sdl.matchAll(/^(extend )?type (Query|Mutation)\b[^{]*\{.*?^\}/gms)].some(([fields]) =>
    new RegExp(`^ +${name}[(:]`, 'm').test(fields),
  );

async function subgraphsOf(root: string): Promise<[plugin: string, sdl: string][]> {
  const plugins = await readdir(join(root, SERVICES));
  const found = plugins.map((id) => ({ id, file: join(root, SERVICES, id, 'contract', 'subgraph.graphql') }));
  const present = found.filter(({ file }) => existsSync(file));
  return Promise.all(present.map(async ({ id, file }) => [id, await readFile(file, 'utf8')]));
}
