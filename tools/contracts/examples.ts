import { fingerprint } from '@weinao/events';
import type { Definition } from 'ts-json-schema-generator';
import { referredName } from './shape.ts';

type Draw = <Alternative>(place: string, alternatives: readonly Alternative[]) => Alternative;

/**
 * Data of a shape: the least that it allows, the same without a null, the fullest, and as many more as it takes until
 * every member of every enum and every alternative was there. The same for the same shape.
 */
export function examplesOf(shape: Definition): unknown[] {
  const examples = [
    new Sketch(shape, preferNull, true).value(),
    new Sketch(shape, (_place, alternatives) => nullLast(alternatives)[0]!, true).value(),
  ];
  const turns = new Turns();
  do examples.push(new Sketch(shape, turns.draw, false).value());
  while (turns.areLeft());
  return [...new Map(examples.map((example) => [fingerprint(example), example])).values()];
}

const preferNull: Draw = (_place, alternatives) => alternatives.find(isNull) ?? alternatives[0]!;

const nullLast = <Alternative>(alternatives: readonly Alternative[]): Alternative[] =>
  alternatives.toSorted((a, b) => Number(isNull(a)) - Number(isNull(b)));

const isNull = (alternative: unknown): boolean =>
  alternative === null ||
  alternative === 'null' ||
  (typeof alternative === 'object' && (alternative as Definition).type === 'null');

/** Lets each alternative have its turn, at each place where there are any; null comes last. */
class Turns {
  private readonly taken = new Map<string, { times: number; alternatives: number }>();

  readonly draw: Draw = (place, alternatives) => {
    const times = this.taken.get(place)?.times ?? 0;
    this.taken.set(place, { times: times + 1, alternatives: alternatives.length });
    return nullLast(alternatives)[times % alternatives.length]!;
  };

  areLeft(): boolean {
    return [...this.taken.values()].some(({ times, alternatives }) => times < alternatives);
  }
}

/** One example, drawn from the shape. */
class Sketch {
  private readonly within: string[] = [];

  constructor(
    private readonly shape: Definition,
    private readonly draw: Draw,
    private readonly least: boolean,
  ) {}

  value(): unknown {
    return this.of(this.shape, '', 'example');
  }

  /** @param name of the property that holds it; says what would be plausible. */
  private of(schema: Definition, place: string, name: string): unknown {
    const referred = referredName(schema);
    if (referred !== undefined) return this.named(referred, place, name);
    if ('const' in schema) return schema.const;
    if (schema.enum) return this.draw(place, schema.enum);
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives) {
      const drawn = this.draw(place, alternatives) as Definition;
      return this.of(drawn, `${place}|${alternatives.indexOf(drawn)}`, name);
    }
    if (schema.allOf) {
      const parts = schema.allOf.map((part, index) => this.of(part as Definition, `${place}&${index}`, name));
      return Object.assign({}, ...parts) as unknown;
    }
    if (Array.isArray(schema.type)) {
      const type = this.draw(place, schema.type);
      return this.of({ ...schema, type }, `${place}|${type}`, name);
    }
    return this.ofType(schema, place, name);
  }

  /** A type within itself ends at the least that it allows. */
  private named(type: string, place: string, name: string): unknown {
    const definition = this.shape.definitions?.[type] as Definition;
    if (this.within.includes(type)) {
      const { definitions } = this.shape;
      return new Sketch({ ...definition, definitions }, preferNull, true).value();
    }
    this.within.push(type);
    const value = this.of(definition, place, name);
    this.within.pop();
    return value;
  }

  private ofType(schema: Definition, place: string, name: string): unknown {
    switch (schema.type) {
      case 'object':
        return this.object(schema, place);
      case 'array':
        return this.list(schema, place, name);
      case 'boolean':
        return this.draw(place, [true, false]);
      case 'number':
      case 'integer':
        return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? 1);
      case 'null':
        return null;
      default:
        return this.text(schema, name);
    }
  }

  private object(schema: Definition, place: string): Record<string, unknown> {
    const { properties = {}, required = [], additionalProperties } = schema;
    const names = Object.keys(properties).filter((name) => !this.least || required.includes(name));
    const entries = names.map((name) => [
      name,
      this.of(properties[name] as Definition, `${place}.${name}`, name),
    ]);
    const further = this.least || typeof additionalProperties !== 'object' || 'not' in additionalProperties;
    if (!further) entries.push(['example', this.of(additionalProperties, `${place}.*`, 'example')]);
    return Object.fromEntries(entries) as Record<string, unknown>;
  }

  private list({ items, minItems = 0 }: Definition, place: string, name: string): unknown[] {
    if (Array.isArray(items)) {
      const wanted = this.least ? items.slice(0, minItems) : items;
      return wanted.map((item, index) => this.of(item as Definition, `${place}[${index}]`, name));
    }
    const length = this.least ? minItems : Math.max(1, minItems);
    return Array.from({ length }, () => this.of(items as Definition, `${place}[]`, name));
  }

  /** Chinese beside Latin letters, as in what people write here. */
  private text({ format, minLength = 0 }: Definition, name: string): string {
    if (format === 'uuid') return '0190a6f2-5a3c-8d10-9f00-000000000001';
    if (format === 'date') return '2026-03-02';
    if (format === 'date-time' || /(^at|At)$/.test(name)) return '2026-03-02T08:00:00.000Z';
    if (/(^id|Id)$/.test(name)) return `${name.slice(0, -2).toLowerCase() || 'thing'}-1`;
    if (/(^by|By)$/.test(name)) return 'person-1';
    return this.least && minLength === 0 ? '' : `示例 ${name}`;
  }
}
