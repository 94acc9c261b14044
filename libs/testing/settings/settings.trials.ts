import { Ajv2020 } from 'ajv/dist/2020.js';

/** As much of JSON Schema as `settingsSchemaOf` writes. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const OF_EVERY_KIND = [null, true, 0, 0.5, '', '小区', [], {}];

/** Settings to try: for each property a value of every kind, and values at and just beyond each of its limits. */
export function settingsTrials(schema: object): object[] {
  return [{}, { notASettingOfAnybody: true }, ...objects(schema)];
}

/** The trials that JSON Schema and the plugin itself do not judge alike; empty where all is well. */
export async function judgedApart(
  schema: object,
  fits: (settings: object) => boolean | Promise<boolean>,
): Promise<object[]> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true }).addVocabulary([
    'x-title',
    'x-description',
  ]);
  const validate = ajv.compile(schema);
  const apart: object[] = [];
  for (const settings of settingsTrials(schema))
    if (validate(settings) !== (await fits(settings))) apart.push(settings);
  return apart;
}

const objects = ({ properties = {} }: Schema): object[] =>
  Object.entries(properties).flatMap(([name, schema]) => values(schema).map((value) => ({ [name]: value })));

function values(schema: Schema): unknown[] {
  const { enum: members = [], items } = schema;
  return [
    ...OF_EVERY_KIND,
    ...members,
    ...numbers(schema),
    ...texts(schema),
    ...(items ? lists(schema, items) : []),
    ...(schema.properties ? [{ notASettingOfAnybody: true }, ...objects(schema)] : []),
  ];
}

const limits = (...all: (number | undefined)[]): number[] =>
  all.flatMap((limit) => (limit === undefined ? [] : [limit - 1, limit, limit + 1]));

const numbers = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): number[] =>
  limits(minimum, maximum, exclusiveMinimum, exclusiveMaximum).flatMap((limit) => [limit, limit + 0.5]);

/** A character beyond the first plane is one, also where JavaScript counts two. */
const texts = ({ minLength, maxLength }: Schema): string[] =>
  limits(minLength, maxLength).flatMap((length) =>
    length < 0 ? [] : ['a', '字', '🏠', ' ', '\0'].map((character) => character.repeat(length)),
  );

function lists({ minItems, maxItems }: Schema, items: Schema): unknown[][] {
  const elements = values(items);
  const lengths = limits(minItems, maxItems).filter((length) => length >= 0);
  return [
    ...elements.map((element) => [element]),
    ...elements.map((element) => [element, element]),
    ...lengths.map((length) => Array.from({ length }, (_, index) => elements[index % elements.length])),
  ];
}
