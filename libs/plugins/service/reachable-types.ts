import { Kind, visit } from 'graphql';
import type { DefinitionNode, DocumentNode, TypeDefinitionNode } from 'graphql';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/**
 * The document without the types that nothing leads to. Nest keeps one store of types for the whole process and writes
 * any of them into any schema; where several plugins share a process, each must still serve exactly its own.
 *
 * @param kept names of types that stay though nothing leads to them; entities (`@key`) stay too
 */
export function withReachableTypes(document: DocumentNode, kept: readonly string[]): DocumentNode {
  const types = new Map(document.definitions.filter(isType).map((node) => [node.name.value, node]));
  const entities = [...types.values()].filter((node) =>
    node.directives?.some(({ name }) => name.value === 'key'),
  );
  const reached = new Set<string>();
  const waiting = [...ROOTS, ...kept, ...entities.map(({ name }) => name.value)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = types.get(name);
    if (!node || reached.has(name)) continue;
    reached.add(name);
    visit(node, { NamedType: ({ name: referred }) => void waiting.push(referred.value) });
  }
  return {
    ...document,
    definitions: document.definitions.filter((node) => !isType(node) || reached.has(node.name.value)),
  };
}

const TYPE_KINDS: readonly string[] = [
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
];

const isType = (node: DefinitionNode): node is TypeDefinitionNode => TYPE_KINDS.includes(node.kind);
