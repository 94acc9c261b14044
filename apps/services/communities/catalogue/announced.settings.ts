import type { JsonSchema } from '@weinao/plugins';

const MOST_BYTES = 65_536;
const DEEPEST = 32;

const TEXTS = { title: 'x-title', description: 'x-description' } as const;
const HOLD_SCHEMAS_BY_NAME = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];
const HOLD_SCHEMAS = ['items', 'prefixItems', 'additionalProperties', 'allOf', 'anyOf', 'oneOf', 'not'];

export type Locale = 'zh-CN' | 'en';

/**
 * Why announced settings are refused; undefined where they are right, or there are none. A schema has at most 64 KiB as
 * JSON, and 32 levels.
 */
export function brokenSettings(settings: unknown): string | undefined {
  if (settings === undefined) return undefined;
  const schema = isObject(settings) ? settings.schema : undefined;
  if (!isObject(schema)) return 'its settings are no JSON Schema';
  if (isDeeper(schema, DEEPEST)) return `the schema of its settings has more than ${DEEPEST} levels`;
  if (Buffer.byteLength(JSON.stringify(schema)) > MOST_BYTES)
    return `the schema of its settings has more than ${MOST_BYTES} bytes`;
  return schema.type === 'object' ? undefined : 'the schema of its settings is not that of an object';
}

/** The schema as it was announced, with its texts in one language, and none of what is for the platform alone. */
export function settingsSchemaIn(schema: JsonSchema, locale: Locale): JsonSchema {
  const entries = Object.entries(schema).filter(([keyword]) => !keyword.startsWith('x-'));
  return Object.fromEntries(
    entries.map(([keyword, value]) => [keyword, keywordIn(keyword, value, schema, locale)]),
  );
}

function keywordIn(keyword: string, value: unknown, schema: JsonSchema, locale: Locale): unknown {
  if (keyword === 'title' || keyword === 'description') {
    const texts = schema[TEXTS[keyword]];
    return (isObject(texts) ? texts[locale] : undefined) ?? value;
  }
  if (HOLD_SCHEMAS_BY_NAME.includes(keyword) && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, schemaIn(held, locale)]));
  if (!HOLD_SCHEMAS.includes(keyword)) return value;
  return Array.isArray(value) ? value.map((held) => schemaIn(held, locale)) : schemaIn(value, locale);
}

const schemaIn = (value: unknown, locale: Locale): unknown =>
  isObject(value) ? settingsSchemaIn(value, locale) : value;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((held) => isDeeper(held, levels - 1)));
