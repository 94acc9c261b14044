import { Kind, parse, visit } from 'graphql';
import type { DefinitionNode, DocumentNode, FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';

/** One plugin's part of a door. */
export interface SubgraphDefinition {
  readonly plugin: string;
  readonly sdl: string;
}

export interface ParsedSubgraph {
  readonly plugin: string;
  readonly document: DocumentNode;
}

/**
 * The subgraphs of a set, without what extends a type of a plugin that is not in the set: a field that is built upon
 * another's (`@external`) is there only where the other is, and so are the types that it alone led to.
 */
export function withoutAbsentNeighbours(subgraphs: readonly SubgraphDefinition[]): ParsedSubgraph[] {
  const parsed = subgraphs.map(({ plugin, sdl }) => ({ plugin, document: parse(sdl) }));
  const owned = new Set(parsed.flatMap(({ document }) => objectTypes(document).flatMap(ownFields)));
  return parsed.map(({ plugin, document }) => ({ plugin, document: withoutExtensions(document, owned) }));
}

function withoutExtensions(document: DocumentNode, owned: ReadonlySet<string>): DocumentNode {
  const absent = objectTypes(document).filter((type) => {
    return externalFields(type).some((field) => !owned.has(coordinate(type, field)));
  });
  if (absent.length === 0) return document;
  const rest = document.definitions.filter((node) => !absent.includes(node as ObjectTypeDefinitionNode));
  const unneeded = difference(namesBehind(document.definitions), namesBehind(rest));
  const definitions = rest.filter((node) => !('name' in node) || !unneeded.has(node.name!.value));
  return { ...document, definitions };
}

/** Names of the types that what a client can begin with leads to: operations, and entities of others. */
function namesBehind(definitions: readonly DefinitionNode[]): Set<string> {
  const byName = new Map(
    definitions.flatMap((node) => ('name' in node && node.name ? [[node.name.value, node] as const] : [])),
  );
  const isEntity = (node: DefinitionNode): boolean =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && externalFields(node).length > 0;
  const names = new Set(['Query', 'Mutation', 'Subscription']);
  for (const [name, node] of byName) if (isEntity(node)) names.add(name);
  for (const name of names) {
    const node = byName.get(name);
    if (node) visit(node, { NamedType: ({ name: { value } }) => void names.add(value) });
  }
  return names;
}

const difference = (all: ReadonlySet<string>, some: ReadonlySet<string>): Set<string> =>
  new Set([...all].filter((name) => !some.has(name)));

const objectTypes = ({ definitions }: DocumentNode): ObjectTypeDefinitionNode[] =>
  definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION);

const isExternal = ({ directives = [] }: FieldDefinitionNode): boolean =>
  directives.some(({ name }) => name.value === 'external');

const externalFields = ({ fields = [] }: ObjectTypeDefinitionNode): FieldDefinitionNode[] =>
  fields.filter(isExternal);

const ownFields = (type: ObjectTypeDefinitionNode): string[] =>
  (type.fields ?? []).filter((field) => !isExternal(field)).map((field) => coordinate(type, field));

const coordinate = (type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): string =>
  `${type.name.value}.${field.name.value}`;
