import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPartName, checkPluginId, Refused } from './names/checks.ts';
import { camelCase, pascalCase } from './names/words.ts';
import { appendToList, appendToOptionalList } from './sources/declarations.ts';
import { Edits } from './sources/edits.ts';
import { addImport } from './sources/imports.ts';
import { reactionTemplate, specTemplate } from './templates/reaction.templates.ts';
import { ChangeSet } from './workspace/change-set.ts';
import { SERVICES } from './workspace/known-schemas.ts';
import { writtenPlugin } from './written-plugin.ts';
import type { WrittenPlugin } from './written-plugin.ts';

export interface ReactionAnswers {
  readonly plugin: string;
  /** Such as found-by-ticket. */
  readonly name: string;
  /** `<plugin>.<Event>`, or an event of the plugin itself. */
  readonly follows: string;
}

/**
 * What a further reaction changes. From an event of another plugin follows the first command, on a new thing; from an
 * own event the second, on the same one. Nothing is written yet.
 * @throws Refused that says what cannot be, or which lines to add by hand
 */
export async function addReaction(root: string, answers: ReactionAnswers): Promise<ChangeSet> {
  const plugin = await writtenPlugin(root, answers.plugin);
  const { folder, thing, events } = plugin;
  const file = checkPartName(answers.name);
  const path = `${folder}/reactions/${file}.reaction`;
  if (existsSync(join(root, `${path}.ts`))) throw new Refused(`${plugin.id} has a reaction ${file} already.`);
  const { follows, event, isOwn } = await followed(root, plugin, answers.follows);
  const one = camelCase(pascalCase(file));
  const added = { thing, file, one, follows, event, isOwn, command: commandAfter(plugin, isOwn) };
  const changes = new ChangeSet(root);
  const data = events.find(({ type }) => type === event)?.data ?? [];
  await changes.put(`${path}.ts`, reactionTemplate(added));
  await changes.put(`${path}.spec.ts`, specTemplate(added, data));
  const edits = new Edits(changes);
  const imported = { names: [`${one}Reaction`], from: `./reactions/${file}.reaction.ts` };
  await edits.edit(
    `${folder}/plugin.ts`,
    (text) => appendToOptionalList(text, 'reactions', `${one}Reaction`, 'projections'),
    (text) => addImport(text, imported),
  );
  const isDeclared = isOwn || (await changes.textOf(`${folder}/manifest.ts`)).includes(`'${follows}'`);
  if (!isDeclared)
    await edits.edit(`${folder}/manifest.ts`, (text) => appendToList(text, 'consumes', `'${follows}'`));
  edits.assertAllFit();
  return changes;
}

interface Followed {
  readonly follows: string;
  readonly event: string;
  readonly isOwn: boolean;
}

async function followed(root: string, { id, events }: WrittenPlugin, name: string): Promise<Followed> {
  const [owner, event] = name.includes('.') ? name.split('.', 2) : [id, name];
  const isOwn = owner === id;
  const published = isOwn ? events.map(({ type }) => type) : await publishedBy(root, checkPluginId(owner!));
  if (!published.includes(event!))
    throw new Refused(`${owner} has no event ${event}; choose from ${published.join(', ')}.`);
  return { follows: isOwn ? event! : name, event: event!, isOwn };
}

async function publishedBy(root: string, plugin: string): Promise<string[]> {
  const file = join(root, SERVICES, plugin, 'contract', 'events.schema.json');
  if (!existsSync(file))
    throw new Refused(`There is no plugin ${plugin} in ${SERVICES} whose events one could follow.`);
  const { oneOf } = JSON.parse(await readFile(file, 'utf8')) as { oneOf: { title: string }[] };
  return oneOf.map(({ title }) => title);
}

function commandAfter({ id, commands }: WrittenPlugin, isOwn: boolean): WrittenPlugin['commands'][number] {
  const command = commands[isOwn ? 1 : 0];
  if (command) return command;
  throw new Refused(`Nothing can follow yet: add a second command to ${id} first.`);
}
