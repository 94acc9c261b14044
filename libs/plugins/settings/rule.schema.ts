/** JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Keywords = (constraints: readonly unknown[]) => JsonSchema | undefined;

const TEXT = { type: 'string' };
const NUMBER = { type: 'number' };
const LIST = { type: 'array' };

/** What class-validator's rules, by their names, and those of this library are in JSON Schema. */
const KEYWORDS: Readonly<Record<string, Keywords>> = {
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: ([options]) => (hasDecimalPlaces(options) ? undefined : NUMBER),
  min: ([minimum]) => ({ ...NUMBER, minimum }),
  max: ([maximum]) => ({ ...NUMBER, maximum }),
  isPositive: () => ({ ...NUMBER, exclusiveMinimum: 0 }),
  isNegative: () => ({ ...NUMBER, exclusiveMaximum: 0 }),
  isString: () => TEXT,
  minLength: ([minLength]) => ({ ...TEXT, minLength }),
  maxLength: ([maxLength]) => ({ ...TEXT, maxLength }),
  isLength: ([minLength, maxLength]) => ({
    ...TEXT,
    minLength,
    ...(maxLength !== undefined && { maxLength }),
  }),
  matches: ([pattern, flags]) => patternOf(pattern, flags),
  notBlank: () => ({ pattern: '\\S' }),
  withoutNul: () => ({ pattern: '^[^\\u0000]*$' }),
  isIn: ([values]) => enumOf(values),
  isEnum: ([values]) => enumOf(Object.values(values as object)),
  isObject: () => ({ type: 'object' }),
  isArray: () => LIST,
  arrayMinSize: ([minItems]) => ({ ...LIST, minItems }),
  arrayMaxSize: ([maxItems]) => ({ ...LIST, maxItems }),
  arrayNotEmpty: () => ({ ...LIST, minItems: 1 }),
  arrayUnique: ([identify]) => (identify ? undefined : { ...LIST, uniqueItems: true }),
};

/** @returns undefined where JSON Schema has no words for the rule */
export const schemaOfRule = (name: string, constraints: readonly unknown[]): JsonSchema | undefined =>
  KEYWORDS[name]?.(constraints);

const hasDecimalPlaces = (options: unknown): boolean =>
  (options as { maxDecimalPlaces?: number } | undefined)?.maxDecimalPlaces !== undefined;

/** JSON Schema knows no flags, and reads each pattern as with the flag u. */
function patternOf(pattern: unknown, modifiers: unknown): JsonSchema | undefined {
  const text = { source: String(pattern), flags: typeof modifiers === 'string' ? modifiers : '' };
  const { source, flags } = pattern instanceof RegExp ? pattern : text;
  if (flags !== '' && flags !== 'u') return undefined;
  try {
    new RegExp(source, 'u');
  } catch {
    return undefined;
  }
  return { ...TEXT, pattern: source };
}

function enumOf(values: unknown): JsonSchema | undefined {
  if (!Array.isArray(values)) return undefined;
  const [type, ...others] = new Set(values.map((value) => typeof value));
  const known = others.length === 0 && type !== 'object' ? { type } : {};
  return { ...known, enum: [...new Set(values)] };
}
