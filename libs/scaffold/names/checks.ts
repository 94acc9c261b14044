import ts from 'typescript';
import { wordsOf } from './words.ts';

/** Its message is all that the person at the terminal needs. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const LONGEST_NAME = 60;
/** Keys that every row, or every object of GraphQL, has already. */
const TAKEN_FIELDS = ['id', 'communityId', 'type', 'at', 'constructor'];

const isKeyword = (name: string): boolean =>
  ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) !== undefined;

/** @throws Refused unless it may name a folder, a subgraph and a database schema */
export function checkPluginId(id: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) return id;
  throw new Refused(
    `"${id}" is no id of a plugin: write 1 to 64 small letters, digits and hyphens, such as lost-items.`,
  );
}

/** @throws Refused unless it is a verb and a thing, such as ReportItem */
export function checkCommand(name: string): string {
  if (isPascal(name) && wordsOf(name).length > 1 && !isReserved(name)) return name;
  throw new Refused(`"${name}" is no name of a command: write a verb and a thing, such as ReportItem.`);
}

/** @throws Refused unless it is the thing and what happened to it, such as ItemReported */
export function checkEvent(name: string, thing: string): string {
  const happened = name.slice(thing.length);
  const fits = isPascal(name) && name.startsWith(thing) && isPascal(happened);
  if (fits && !isKeyword(happened.toLowerCase())) return name;
  throw new Refused(
    `"${name}" is no name of an event: write what happened to the ${thing}, such as ${thing}Reported.`,
  );
}

/** @throws Refused unless it may name a property, a column and a field of GraphQL */
export function checkField(name: string): string {
  const isCamel = /^[a-z][a-z0-9]*([A-Z][a-z0-9]+)*$/.test(name) && name.length <= LONGEST_NAME;
  if (isCamel && !isKeyword(name) && !TAKEN_FIELDS.includes(name)) return name;
  throw new Refused(
    `"${name}" is no name of a field here: write one such as description; not ${TAKEN_FIELDS.join(', ')}, nor a word of TypeScript.`,
  );
}

/** @throws Refused unless it may name a file and a table, such as item-count */
export function checkPartName(name: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= LONGEST_NAME && !isKeyword(name))
    return name;
  throw new Refused(
    `"${name}" is no name for it: write small letters, digits and hyphens, such as item-count.`,
  );
}

/** @throws Refused unless it is Chinese */
export function checkChinese(text: string): string {
  if (/\p{Script=Han}/u.test(text) && isPlain(text)) return text;
  throw new Refused(`"${text}" is no name in zh-CN: write Chinese characters, on one line, 60 at most.`);
}

/** @throws Refused unless it is English */
export function checkEnglish(text: string): string {
  if (/^[A-Za-z]/.test(text) && !/\p{Script=Han}/u.test(text) && isPlain(text)) return text;
  throw new Refused(
    `"${text}" is no name in English: begin with a letter, on one line, 60 characters at most.`,
  );
}

const isPascal = (name: string): boolean => /^([A-Z][a-z0-9]+)+$/.test(name) && name.length <= LONGEST_NAME;

const isPlain = (text: string): boolean =>
  text.length <= LONGEST_NAME && text.trim() === text && !/[\p{Cc}'"`\\$]/u.test(text);

/** What GraphQL, or every community's schema, has already. */
function isReserved(command: string): boolean {
  const thing = wordsOf(command).slice(1).join('');
  return [
    'Query',
    'Mutation',
    'Subscription',
    'String',
    'Int',
    'Float',
    'Boolean',
    'ID',
    'PageInfo',
  ].includes(thing);
}
