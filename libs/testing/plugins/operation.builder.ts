import {
  buildASTSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { isObjectType, isRequiredArgument, isRequiredInputField, parse } from 'graphql';
import type { GraphQLField, GraphQLInputType, GraphQLOutputType, GraphQLSchema } from 'graphql';

export interface GeneratedOperation {
  readonly kind: 'query' | 'mutation';
  readonly name: string;
  readonly query: string;
  /** Values for the required arguments, by their types; `id` stands wherever an ID is asked for. */
  variables(id: string): Record<string, unknown>;
}

/** Scalars by name, each with a value that its rules are likely to accept. */
const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1.5,
  Boolean: false,
  DateTime: '2026-03-02T08:00:00Z',
  JSON: {},
};

const DEEPEST_SELECTION = 4;

/** One operation for each query and mutation of a subgraph, which selects all that it can. */
export function operationsOf(sdl: string): GeneratedOperation[] {
  const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
  return [...fieldsOf(schema, 'query'), ...fieldsOf(schema, 'mutation')].map(([kind, field]) =>
    operation(kind, field),
  );
}

type Field = GraphQLField<unknown, unknown>;

function fieldsOf(schema: GraphQLSchema, kind: GeneratedOperation['kind']): [typeof kind, Field][] {
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  return Object.values(root?.getFields() ?? {}).map((field) => [kind, field]);
}

function operation(kind: GeneratedOperation['kind'], { name, args, type }: Field): GeneratedOperation {
  const required = args.filter(isRequiredArgument);
  const declared = required.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
  const given = required.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const call = required.length > 0 ? `${name}(${given})` : name;
  return {
    kind,
    name,
    query: `${kind} ${declared ? `(${declared}) ` : ''}{ ${call} ${selectionOf(type, DEEPEST_SELECTION)} }`,
    variables: (id) => Object.fromEntries(required.map((arg) => [arg.name, valueOf(arg.type, id)])),
  };
}

function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter((field) => depth > 1 || !isObjectType(getNamedType(field.type)))
    .map((field) => `${field.name} ${selectionOf(field.type, depth - 1)}`);
  return `{ __typename ${fields.join(' ')} }`;
}

function valueOf(type: GraphQLInputType, id: string): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, id);
  if (isListType(type)) return [valueOf(type.ofType, id)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (type.name === 'ID') return id;
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? 'a text';
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, valueOf(field.type, id)]));
}
