import { fingerprint } from '@weinao/events';
import type { Definition } from 'ts-json-schema-generator';

/** The data of an event as JSON Schema, and the named types that it leads to. */
export interface EventShape {
  readonly data: Definition;
  readonly definitions: Definitions;
}

type Definitions = Readonly<Record<string, Definition>>;

const REFERENCE = /^#\/definitions\/(.+)$/;

const referTo = (name: string): string => `#/definitions/${encodeURIComponent(name)}`;

export const referredName = ({ $ref }: Definition): string | undefined => {
  const encoded = $ref && REFERENCE.exec($ref)?.[1];
  return encoded && decodeURIComponent(encoded);
};

/** The schemas that stand in a schema, each replaced by what `change` makes of it; names and values stay. */
function mapSchemas(schema: Definition, change: (inner: Definition) => unknown): Record<string, unknown> {
  const inner = (value: unknown): unknown => (isSchema(value) ? change(value) : value);
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
      if (Array.isArray(value)) return [keyword, LITERAL.has(keyword) ? value : value.map(inner)];
      if (BY_NAME.has(keyword)) {
        const named = Object.entries(value as object).map(([name, one]) => [name, inner(one)] as const);
        return [keyword, Object.fromEntries(named)];
      }
      return [keyword, LITERAL.has(keyword) ? value : inner(value)];
    }),
  );
}

const BY_NAME = new Set(['properties', 'patternProperties', 'definitions']);
const LITERAL = new Set(['const', 'enum', 'default', 'examples']);
const isSchema = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shape by itself: named types stand where they are used; only one that contains itself stays under its name. */
export function selfContained({ data, definitions }: EventShape): Definition {
  const kept: Record<string, Definition> = {};
  const expand = (schema: Definition): Definition => {
    const name = referredName(schema);
    if (name === undefined) return mapSchemas(schema, expand);
    const { $ref, ...beside } = schema;
    if (!containsItself(name, definitions)) return { ...expand(definitions[name]!), ...beside };
    if (!(name in kept)) {
      kept[name] = {}; // it refers to itself on the way
      kept[name] = mapSchemas(definitions[name]!, expand);
    }
    return { $ref, ...beside };
  };
  const shape = expand(data);
  return Object.keys(kept).length > 0 ? { ...shape, definitions: kept } : shape;
}

function containsItself(name: string, definitions: Definitions): boolean {
  const reached = new Set<string>();
  const visit = (schema: Definition): void => {
    const next = referredName(schema);
    if (next !== undefined && !reached.has(next)) {
      reached.add(next);
      visit(definitions[next]!);
    }
    mapSchemas(schema, visit);
  };
  visit(definitions[name]!);
  return reached.has(name);
}

const ABOUT = new Set(['$schema', '$comment', 'title', 'description', 'default', 'examples', 'deprecated']);
const WITHOUT_ORDER = new Set(['required', 'enum', 'type', 'anyOf', 'oneOf', 'allOf']);

/** Whether the same data fits both: what is said about them, the order of properties and names of types do not count. */
export const isSameShape = (one: Definition, other: Definition): boolean =>
  fingerprint(bare(one)) === fingerprint(bare(other));

function bare({ definitions = {}, ...shape }: Definition): unknown {
  const strip = (schema: Definition, within: readonly string[]): unknown => {
    const name = referredName(schema);
    if (name === undefined) return withoutOrder(mapSchemas(schema, (inner) => strip(inner, within)));
    const above = within.indexOf(name);
    return above < 0 ? strip(definitions[name] as Definition, [name, ...within]) : { typesAbove: above };
  };
  return strip(shape, []);
}

function withoutOrder(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(schema).filter(([keyword]) => !ABOUT.has(keyword));
  const sorted = kept.map(([keyword, value]) => [
    keyword,
    WITHOUT_ORDER.has(keyword) && Array.isArray(value) ? inOrder(value) : value,
  ]);
  return Object.fromEntries(sorted) as Record<string, unknown>;
}

const inOrder = (values: readonly unknown[]): unknown[] =>
  values.toSorted((a, b) => (fingerprint(a) < fingerprint(b) ? -1 : 1));

/**
 * The generator calls an instance of a generic type by where its parts stand in the source: instead, by what it is.
 * Else the name would change with the folder and with every line above.
 */
export function withPlainNames({ data, definitions }: EventShape): EventShape {
  const plain = (name: string): string => {
    const [generic, instance] = name.split('<', 2);
    const shape = { $ref: referTo(name), definitions: { ...definitions } };
    return instance === undefined ? name : `${generic}_${fingerprint(bare(shape)).slice(0, 8)}`;
  };
  const renamed = (schema: Definition): Definition => {
    const name = referredName(schema);
    return { ...mapSchemas(schema, renamed), ...(name === undefined ? {} : { $ref: referTo(plain(name)) }) };
  };
  const named = Object.entries(definitions).map(([name, one]) => [plain(name), renamed(one)] as const);
  return { data: renamed(data), definitions: Object.fromEntries(named) };
}
