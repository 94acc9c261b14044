import type { AnnouncedLive } from '@weinao/plugins';
import {
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  print,
  separateOperations,
  validate,
  visit,
} from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  GraphQLSchema,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { HttpError } from '../http/http-error.ts';

export interface GraphqlBody {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

type Variables = Readonly<Record<string, unknown>>;

/** What somebody subscribes to. */
export interface Subscription {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

/** No variable of a client's can be called so: names of two underscores are GraphQL's own. */
const THING = '__thing';

/** Undefined for what is no subscription, or cannot be read: then it is answered as any other request. */
export function subscriptionIn({ query, operationName, variables }: GraphqlBody): Subscription | undefined {
  if (typeof query !== 'string' || !query.includes(SUBSCRIPTION)) return undefined; // most are none: not parsed twice
  const document = parsed(query);
  const operation = document && getOperationAST(document, operationName as string | undefined);
  if (operation?.operation !== SUBSCRIPTION) return undefined;
  const own = separateOperations(document!)[operation.name?.value ?? '']!;
  return { document: own, operation, variables: (variables ?? {}) as Variables };
}

const SUBSCRIPTION = 'subscription' as OperationTypeNode;

function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}

/** The one field that is subscribed to. @throws HttpError 400 for what does not fit the schema */
export function fieldOf({ document, operation }: Subscription, schema: GraphQLSchema): FieldNode {
  const errors = validate(schema, document);
  if (errors.length > 0) throw invalid(errors.map(({ message }) => message).join(' '));
  const [field] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD) throw invalid('A subscription names its field itself, not in a fragment.');
  return field;
}

/** Which thing alone it wants to be told of; undefined for all. @throws HttpError 400 for variables that do not fit */
export function wantedThing(
  { operation, variables }: Subscription,
  field: FieldNode,
  live: AnnouncedLive,
  schema: GraphQLSchema,
): string | undefined {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors) throw new HttpError(400, 'BAD_USER_INPUT', errors.map(({ message }) => message).join(' '));
  const definition = schema.getSubscriptionType()!.getFields()[live.field]!;
  const wanted = getArgumentValues(definition, field, coerced)[live.argument] as string | null | undefined;
  return wanted ?? undefined;
}

/** The query that answers with the thing as it is by then, under the name that the subscriber gave it. */
export function queryFor(
  { document, operation }: Subscription,
  field: FieldNode,
  live: AnnouncedLive,
): string {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const thing = { kind: Kind.VARIABLE, name: name(THING) } as const;
  const asked: FieldNode = {
    ...field,
    alias: field.alias ?? field.name,
    name: name(live.query),
    arguments: [{ kind: Kind.ARGUMENT, name: name(live.argument), value: thing }],
  };
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const used = variablesIn({ kind: Kind.DOCUMENT, definitions: fragments }, asked);
  const idType = { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: name('ID') } } as const;
  const query: OperationDefinitionNode = {
    ...operation,
    operation: 'query' as OperationTypeNode,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
      { kind: Kind.VARIABLE_DEFINITION, variable: thing, type: idType },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [asked] },
  };
  return print({ kind: Kind.DOCUMENT, definitions: [query, ...fragments] });
}

export const variablesFor = (variables: Variables, thing: string): Variables => ({
  ...variables,
  [THING]: thing,
});

function variablesIn(...nodes: readonly (DocumentNode | FieldNode)[]): Set<string> {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

const invalid = (message: string): HttpError => new HttpError(400, 'GRAPHQL_VALIDATION_FAILED', message);
