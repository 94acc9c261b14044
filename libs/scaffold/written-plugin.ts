import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPluginId, Refused } from './names/checks.ts';
import { thingNames } from './names/plugin-names.ts';
import type { ThingNames } from './names/plugin-names.ts';
import { pascalCase } from './names/words.ts';
import { membersOf } from './sources/union-members.ts';
import type { UnionMember } from './sources/union-members.ts';
import { SERVICES } from './workspace/known-schemas.ts';

/** A plugin of one thing, as `weinao plugin new` writes it. */
export interface WrittenPlugin {
  readonly id: string;
  readonly folder: string;
  readonly thing: ThingNames;
  /** The first one begins the life of the thing. */
  readonly commands: readonly UnionMember[];
  readonly events: readonly UnionMember[];
}

/** @throws Refused where there is none of this id, or it is another kind of plugin */
export async function writtenPlugin(root: string, id: string): Promise<WrittenPlugin> {
  const folder = `${SERVICES}/${checkPluginId(id)}`;
  const domain = join(root, folder, 'domain');
  if (!existsSync(domain)) throw new Refused(`There is no plugin ${id} in ${SERVICES}.`);
  const deciders = (await readdir(domain)).filter((name) => name.endsWith('.decider.ts'));
  if (deciders.length !== 1) throw otherKind(id);
  const thing = thingNames(pascalCase(deciders[0]!.slice(0, -'.decider.ts'.length)));
  const textOf = (name: string): Promise<string> => readFile(join(domain, name), 'utf8').catch(() => '');
  const commands = membersOf(await textOf(`${thing.file}.decider.ts`), `${thing.type}Command`);
  const events = membersOf(await textOf(`${thing.file}.events.ts`), `${thing.type}Event`);
  if (commands.length === 0 || events.length === 0) throw otherKind(id);
  return { id, folder, thing, commands, events };
}

const otherKind = (id: string): Refused =>
  new Refused(`${id} was not written by \`weinao plugin new\`, or has grown beyond it: add to it by hand.`);
