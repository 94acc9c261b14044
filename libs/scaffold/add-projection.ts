import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkPartName, Refused } from './names/checks.ts';
import { camelCase, pascalCase, snakeCase } from './names/words.ts';
import { appendToList } from './sources/declarations.ts';
import { Edits } from './sources/edits.ts';
import type { Edit } from './sources/edits.ts';
import { addImport } from './sources/imports.ts';
import * as templates from './templates/projection.templates.ts';
import type { AddedProjection } from './templates/projection.templates.ts';
import { ChangeSet } from './workspace/change-set.ts';
import { assertNotInSchema } from './workspace/known-schemas.ts';
import { writtenPlugin } from './written-plugin.ts';

export interface ProjectionAnswers {
  readonly plugin: string;
  /** Such as item-count. */
  readonly name: string;
}

/**
 * What a further projection changes: it counts the plugin's first event. Nothing is written yet.
 * @param timestamp milliseconds since 1970, which name its migration
 * @throws Refused that says what cannot be, or which lines to add by hand
 */
export async function addProjection(
  root: string,
  answers: ProjectionAnswers,
  timestamp: number,
): Promise<ChangeSet> {
  const { id, folder, thing, events } = await writtenPlugin(root, answers.plugin);
  const file = checkPartName(answers.name);
  if (existsSync(join(root, folder, 'read', `${file}.row.ts`)))
    throw new Refused(`${id} has a read model ${file} already.`);
  const type = pascalCase(file);
  const one = camelCase(type);
  await assertNotInSchema(root, { types: [], fields: [one] });
  const event = events[0]!;
  const added = { id, thing, file, type, one, table: snakeCase(one), event: event.type, timestamp };
  const changes = new ChangeSet(root);
  for (const [path, text] of filesOf(added, event.data)) await changes.put(`${folder}/${path}`, text);
  const edits = new Edits(changes);
  await edits.edit(`${folder}/plugin.ts`, ...wiring(added));
  edits.assertAllFit();
  return changes;
}

function filesOf(added: AddedProjection, data: readonly string[]): [path: string, text: string][] {
  const { file, timestamp } = added;
  const said = `{ ${data.map((name) => `${name}: '一号楼门口'`).join(', ')} }`;
  return [
    [`read/${file}.row.ts`, templates.rowTemplate(added)],
    [`read/${file}.projection.ts`, templates.projectionTemplate(added)],
    [`read/${file}.projection.spec.ts`, templates.specTemplate(added, said)],
    [`read/${file}.reader.ts`, templates.readerTemplate(added)],
    [`graphql/${file}.resolver.ts`, templates.resolverTemplate(added)],
    [`migrations/${timestamp}-create-${file}.ts`, templates.migrationTemplate(added)],
  ];
}

function wiring({ file, type, one, timestamp }: AddedProjection): Edit[] {
  const parts = [
    { list: 'projections', name: `${one}Projection`, from: `./read/${file}.projection.ts` },
    {
      list: 'migrations',
      name: `Create${type}${timestamp}`,
      from: `./migrations/${timestamp}-create-${file}.ts`,
    },
    { list: 'readers', name: `${type}Reader`, from: `./read/${file}.reader.ts` },
    { list: 'community', name: `${type}Resolver`, from: `./graphql/${file}.resolver.ts` },
  ];
  return parts.flatMap(({ list, name, from }): Edit[] => [
    (text) => appendToList(text, list, name),
    (text) => addImport(text, { names: [name], from }),
  ]);
}
