import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from './names/checks.ts';
import { pluginNames } from './names/plugin-names.ts';
import type { PluginAnswers, PluginNames } from './names/plugin-names.ts';
import { appendToList } from './sources/declarations.ts';
import * as domain from './templates/domain.templates.ts';
import * as graphql from './templates/graphql.templates.ts';
import * as plugin from './templates/plugin.templates.ts';
import * as read from './templates/read.templates.ts';
import { assertNotInSchema, SERVICES } from './workspace/known-schemas.ts';
import { ChangeSet } from './workspace/change-set.ts';
import { linkWorkspace } from './workspace/workspace-link.ts';
import type { WorkspacePackage } from './workspace/workspace-link.ts';

const PLUGINS = 'apps/standalone/plugins.ts';

/**
 * What a new plugin changes in the repository; nothing is written yet.
 * @param timestamp milliseconds since 1970, which name its first migration
 * @throws Refused that says which answer cannot be
 */
export async function newPlugin(root: string, answers: PluginAnswers, timestamp: number): Promise<ChangeSet> {
  const names = pluginNames(answers);
  await assertFree(root, names);
  const folder = `${SERVICES}/${names.id}`;
  const changes = new ChangeSet(root);
  for (const [path, text] of filesOf(names, timestamp)) await changes.put(`${folder}/${path}`, text);
  const line = `(await import('@weinao/service-${names.id}')).plugin`;
  await changes.put(PLUGINS, appendToList(await changes.textOf(PLUGINS), 'plugins', line));
  const description = JSON.parse(plugin.packageTemplate(names)) as WorkspacePackage;
  await linkWorkspace(changes, folder, description);
  return changes;
}

function filesOf(names: PluginNames, timestamp: number): [path: string, text: string][] {
  const { id, thing } = names;
  return [
    ['package.json', plugin.packageTemplate(names)],
    ['manifest.ts', plugin.manifestTemplate(names)],
    ['plugin.ts', plugin.pluginTemplate(names, timestamp)],
    ['main.ts', plugin.mainTemplate()],
    [`domain/${thing.file}.events.ts`, domain.eventsTemplate(names)],
    [`domain/${thing.file}.decider.ts`, domain.deciderTemplate(names)],
    [`domain/${thing.file}.decider.spec.ts`, domain.deciderSpecTemplate(names)],
    [`read/${thing.file}.row.ts`, read.rowTemplate(names)],
    [`read/${thing.files}.projection.ts`, read.projectionTemplate(names)],
    [`read/${thing.files}.projection.spec.ts`, read.projectionSpecTemplate(names)],
    [`read/${thing.file}.reader.ts`, read.readerTemplate(names)],
    [`graphql/${thing.file}.type.ts`, graphql.typeTemplate(names)],
    [`graphql/${thing.file}.inputs.ts`, graphql.inputsTemplate(names)],
    [`graphql/${thing.file}-queries.resolver.ts`, graphql.queriesTemplate(names)],
    [`graphql/${thing.file}-mutations.resolver.ts`, graphql.mutationsTemplate(names)],
    [`migrations/${timestamp}-create-read-models.ts`, read.migrationTemplate(names, timestamp)],
    [`test/${thing.file}.story.ts`, graphql.storyTemplate(names)],
    [`test/${id}.contract.spec.ts`, graphql.contractSpecTemplate(names)],
  ];
}

async function assertFree(root: string, { id, thing, command }: PluginNames): Promise<void> {
  const isListed = (await readFile(join(root, PLUGINS), 'utf8')).includes(`service-${id}'`);
  if (isListed || existsSync(join(root, SERVICES, id))) throw new Refused(`There is a plugin ${id} already.`);
  await assertNotInSchema(root, {
    types: [thing.type, `${thing.type}Connection`, `${command.type}Input`],
    fields: [thing.one, thing.many, command.mutation],
  });
}
