import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { schemaOfRule } from './rule.schema.ts';
import type { JsonSchema } from './rule.schema.ts';
import { settingTextsOf } from './setting.ts';
import type { SettingTexts } from './setting.ts';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type SettingsClass = new () => Readonly<Record<string, unknown>>;

/** @internal thrown inside, and completed with the setting's name */
class NoSchema extends Error {}

/**
 * The settings class as JSON Schema, draft 2020-12, from its rules, initial values and `@Setting` texts. `title` and
 * `description` are Chinese; `x-title` and `x-description` hold both languages. A rule that JSON Schema has no words for
 * is named in `$comment`, and looked at by the service alone.
 *
 * @throws Error naming a setting of which no form could be drawn, or whose schema would let pass what the service refuses
 */
export function settingsSchemaOf(settings: new (...args: never[]) => object): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...objectSchema(settings as SettingsClass),
  };
}

function objectSchema(settings: SettingsClass): JsonSchema {
  const all = rulesOf(settings);
  const rulesFor = (name: string): Rule[] => all.filter(({ propertyName }) => propertyName === name);
  const initial = new settings();
  const names = [...new Set([...Object.keys(initial), ...all.map(({ propertyName }) => propertyName)])];
  const properties = names.map((name) => {
    try {
      return [name, propertySchema(settings, name, rulesFor(name), initial[name])] as const;
    } catch (error) {
      if (!(error instanceof NoSchema)) throw error;
      throw new Error(`The setting ${settings.name}.${name} ${error.message}`, { cause: error });
    }
  });
  const required = names.filter((name) => initial[name] === undefined && !isOptional(rulesFor(name)));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

const rulesOf = (settings: SettingsClass): Rule[] =>
  getMetadataStorage().getTargetValidationMetadatas(settings, settings.name, false, false);

const isOptional = (rules: readonly Rule[]): boolean => rules.some(({ name }) => name === 'isOptional');

function propertySchema(
  settings: SettingsClass,
  name: string,
  rules: readonly Rule[],
  initial: unknown,
): JsonSchema {
  const texts = settingTextsOf(settings, name);
  if (!texts) throw new NoSchema('has no @Setting with its titles');
  if (rules.length === 0) throw new NoSchema('has no rule of class-validator, so nobody could set it');
  if (rules.some(dependsOnOthers)) throw new NoSchema('is checked only at times, which no form can know');
  const described = { ...textKeywords(texts), ...(initial !== undefined && { default: plain(initial) }) };
  const schema = { ...described, ...listOrValue(settings, name, rules) };
  return isOptional(rules) ? orNull(schema) : schema;
}

const dependsOnOthers = ({ type, name, validateIf, groups }: Rule): boolean =>
  (type === 'conditionalValidation' && name !== 'isOptional') || Boolean(validateIf) || groups?.length > 0;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const textKeywords = ({ title, description }: SettingTexts): JsonSchema => ({
  ...{ title: title.zh, 'x-title': { 'zh-CN': title.zh, en: title.en } },
  ...(description && {
    description: description.zh,
    'x-description': { 'zh-CN': description.zh, en: description.en },
  }),
});

const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  ...(schema.type !== undefined && { type: [schema.type, 'null'] }),
  ...(Array.isArray(schema.enum) && { enum: [...(schema.enum as unknown[]), null] }),
});

function listOrValue(settings: SettingsClass, name: string, rules: readonly Rule[]): JsonSchema {
  const isNested = rules.some(({ type }) => type === 'nestedValidation');
  const [each, whole] = [rules.filter((rule) => rule.each), rules.filter((rule) => !rule.each)];
  const isList = whole.some((rule) => rule.name === 'isArray');
  if (!isList && each.some((rule) => rule.type === 'customValidation'))
    throw new NoSchema('has rules for each element, and needs @IsArray()');
  if (!isList) return valueSchema(whole, isNested ? nestedClass(settings, name, {}) : undefined);
  const elements = valueSchema(each, isNested ? nestedClass(settings, name, [{}]) : undefined);
  return { ...joined(whole), items: elements };
}

function valueSchema(rules: readonly Rule[], nested: SettingsClass | undefined): JsonSchema {
  const schema = joined(rules);
  if (schema.type === undefined && schema.enum === undefined)
    throw new NoSchema(
      nested ? 'needs @IsObject(), or a list would pass' : 'has no rule that says of which type it is',
    );
  return nested ? { ...schema, ...objectSchema(nested) } : schema;
}

/** class-transformer says by what it makes which class `@Type` names. */
function nestedClass(settings: SettingsClass, name: string, given: object): SettingsClass {
  const made = plainToInstance(settings, { [name]: given })[name];
  const nested = Array.isArray(made) ? (made as unknown[])[0] : made;
  if (!nested || nested.constructor === Object) throw new NoSchema('needs @Type with the class of its own');
  return nested.constructor as SettingsClass;
}

/** Where two rules say the same keyword differently, both hold. */
function joined(rules: readonly Rule[]): JsonSchema {
  const schema: Record<string, unknown> = {};
  const further: JsonSchema[] = [];
  const unsaid: string[] = [];
  for (const { type, name, constraints } of rules) {
    if (type !== 'customValidation') continue;
    const said = schemaOfRule(name ?? '', constraints ?? []);
    if (!said) unsaid.push(name ?? 'a rule without a name');
    for (const [keyword, value] of Object.entries(said ?? {})) {
      if (keyword === 'type') schema.type = narrower(schema.type, value);
      else if (keyword in schema) further.push({ [keyword]: value });
      else schema[keyword] = value;
    }
  }
  return {
    ...schema,
    ...(further.length > 0 && { allOf: further }),
    ...(unsaid.length > 0 && { $comment: `The service also checks: ${unsaid.join(', ')}` }),
  };
}

function narrower(one: unknown, other: unknown): unknown {
  if (one === undefined || one === other) return other;
  const both = [one, other];
  if (both.includes('integer') && both.includes('number')) return 'integer';
  throw new NoSchema(`would have to be of the types ${both.join(' and ')} at once`);
}
