import { checkChinese, checkCommand, checkEvent, checkField, Refused } from './names/checks.ts';
import { commandNames, thingOf } from './names/plugin-names.ts';
import * as declarations from './sources/declarations.ts';
import type { Edit } from './sources/edits.ts';
import { Edits } from './sources/edits.ts';
import { addImport } from './sources/imports.ts';
import { Unrecognised } from './sources/unrecognised.ts';
import * as templates from './templates/command.templates.ts';
import type { AddedCommand } from './templates/command.templates.ts';
import { ChangeSet } from './workspace/change-set.ts';
import { assertNotInSchema } from './workspace/known-schemas.ts';
import { writtenPlugin } from './written-plugin.ts';
import type { WrittenPlugin } from './written-plugin.ts';

export interface CommandAnswers {
  readonly plugin: string;
  readonly command: string;
  readonly commandZh: string;
  readonly event: string;
  /** A text that it says; without one it says only that it happened. */
  readonly field?: string | undefined;
}

/**
 * What one more command of a plugin's thing changes; nothing is written yet.
 * @throws Refused that says which answer cannot be, or which lines to add by hand
 */
export async function addCommand(root: string, answers: CommandAnswers): Promise<ChangeSet> {
  const plugin = await writtenPlugin(root, answers.plugin);
  const added = namesOf(plugin, answers);
  const { mutation, type } = added.command;
  await assertNotInSchema(root, { types: [`${type}Args`], fields: [mutation] });
  const changes = new ChangeSet(root);
  const edits = new Edits(changes);
  for (const [path, ...steps] of editsOf(added)) await edits.edit(`${plugin.folder}/${path}`, ...steps);
  edits.assertAllFit();
  return changes;
}

function namesOf(plugin: WrittenPlugin, answers: CommandAnswers): AddedCommand {
  const { id, thing, commands, events } = plugin;
  const name = checkCommand(answers.command);
  if (thingOf(name) !== thing.type)
    throw new Refused(`A command of ${id} is a verb and ${thing.type}, such as Return${thing.type}.`);
  const event = checkEvent(answers.event, thing.type);
  const taken = [...commands, ...events].find(({ type }) => type === name || type === event);
  if (taken) throw new Refused(`${id} has ${taken.type} already.`);
  const command = commandNames(name, event, checkChinese(answers.commandZh));
  const field = answers.field === undefined ? undefined : checkField(answers.field);
  const first = events[0]!.type.slice(thing.type.length);
  return { id, thing, command, field, isThere: first.charAt(0).toLowerCase() + first.slice(1) };
}

function editsOf(added: AddedCommand): [path: string, ...steps: Edit[]][] {
  const { thing, command, field } = added;
  const { appendCase, appendToInterface, appendToObject, appendToUnion } = declarations;
  const story = `tell${thing.type}Story`;
  const args = { names: [templates.argsName(added)], from: `./${thing.file}.inputs.ts` };
  return [
    [
      `domain/${thing.file}.events.ts`,
      (text) => appendToUnion(text, `${thing.type}Event`, templates.eventMember(added)),
    ],
    [
      `domain/${thing.file}.decider.ts`,
      (text) => appendToUnion(text, `${thing.type}Command`, templates.commandMember(added)),
      (text) => appendToInterface(text, `${thing.type}State`, `readonly ${command.happened}: boolean;`),
      (text) => appendToObject(text, 'initial', `${command.happened}: false`),
      (text) => appendCase(text, 'decide', templates.decideCase(added)),
      (text) => appendCase(text, 'evolve', templates.evolveCase(added)),
    ],
    [
      `domain/${thing.file}.decider.spec.ts`,
      atEnd(templates.commandSpec(added), 'const { given }', `const ${added.isThere} =`),
    ],
    ...(field
      ? ([
          [
            `graphql/${thing.file}.inputs.ts`,
            atEnd(templates.argsClass(added), 'const TEXT_LENGTH', `class ${thing.type}Args`),
          ],
        ] as [string, Edit][])
      : []),
    [
      `graphql/${thing.file}-mutations.resolver.ts`,
      (text) =>
        declarations.appendMethod(text, `${thing.type}MutationsResolver`, templates.mutationMethod(added)),
      (text) => addImport(text, args),
    ],
    [
      'manifest.ts',
      (text) => declarations.appendToList(text, 'publishes', `'${command.event}'`),
      (text) =>
        text.includes(`id: '${command.verb}'`)
          ? text
          : declarations.appendToList(text, 'permissions', templates.permission(added)),
    ],
    [
      `test/${thing.file}.story.ts`,
      (text) => declarations.insertBeforeFunction(text, story, templates.storyDocument(added)),
      (text) => declarations.insertBeforeReturn(text, story, templates.storyStep(added)),
    ],
  ];
}

/** Where the file has what the added text stands on. */
const atEnd =
  (added: string, ...needed: readonly string[]): Edit =>
  (text) => {
    if (!needed.every((name) => text.includes(name))) throw new Unrecognised(added.trim());
    return `${text}${added}`;
  };
