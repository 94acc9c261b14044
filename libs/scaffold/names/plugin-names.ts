import {
  checkChinese,
  checkCommand,
  checkEnglish,
  checkEvent,
  checkField,
  checkPluginId,
  Refused,
} from './checks.ts';
import { camelCase, kebabCase, pastOf, pluralOf, snakeCase, spoken, withArticle, wordsOf } from './words.ts';

/** What a person answers when a plugin is made. */
export interface PluginAnswers {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly command: string;
  readonly commandZh: string;
  readonly event: string;
  readonly field: string;
}

/** One thing, in each way in which code and sentences name it. */
export interface ThingNames {
  /** Item */
  readonly type: string;
  /** item */
  readonly one: string;
  /** items */
  readonly many: string;
  /** item, as a file */
  readonly file: string;
  /** items, as a file */
  readonly files: string;
  /** item, as a table */
  readonly table: string;
  /** item, in a sentence */
  readonly spoken: string;
  /** an item */
  readonly article: string;
}

export interface CommandNames {
  /** ReportItem */
  readonly type: string;
  /** reportItem */
  readonly mutation: string;
  /** REPORT_ITEM */
  readonly document: string;
  /** report */
  readonly verb: string;
  /** Report item */
  readonly en: string;
  readonly zh: string;
  /** ItemReported */
  readonly event: string;
  /** reported */
  readonly happened: string;
}

export interface PluginNames {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly thing: ThingNames;
  readonly command: CommandNames;
  readonly field: string;
  /** reportedAt */
  readonly instant: string;
}

export const thingOf = (command: string): string => wordsOf(command).slice(1).join('');

/** What the event of a command may be called: ItemReported for ReportItem. */
export const suggestedEvent = (command: string): string =>
  `${thingOf(command)}${pastOf(wordsOf(command)[0]!)}`;

export function thingNames(type: string): ThingNames {
  const one = camelCase(type);
  const many = pluralOf(one);
  return {
    ...{ type, one, many, file: kebabCase(one), files: kebabCase(many) },
    ...{ table: snakeCase(one), spoken: spoken(type), article: withArticle(spoken(type)) },
  };
}

export function commandNames(type: string, event: string, zh: string): CommandNames {
  const said = spoken(type);
  return {
    ...{ type, event, zh, mutation: camelCase(type), document: snakeCase(type).toUpperCase() },
    verb: wordsOf(type)[0]!.toLowerCase(),
    en: said.charAt(0).toUpperCase() + said.slice(1),
    happened: camelCase(event.slice(thingOf(type).length)),
  };
}

/** @throws Refused that says which answer cannot be */
export function pluginNames(answers: PluginAnswers): PluginNames {
  const id = checkPluginId(answers.id);
  const thing = thingOf(checkCommand(answers.command));
  const event = checkEvent(answers.event, thing);
  const command = commandNames(answers.command, event, checkChinese(answers.commandZh));
  if (command.verb === 'read')
    throw new Refused('A command changes something; what is only read, is a query.');
  const instant = `${command.happened}At`;
  const field = checkField(answers.field);
  if (field === instant)
    throw new Refused(`"${field}" is when it happened already; name the field otherwise.`);
  return {
    ...{ id, command, field, instant, thing: thingNames(thing) },
    nameZh: checkChinese(answers.nameZh),
    nameEn: checkEnglish(answers.nameEn),
  };
}
