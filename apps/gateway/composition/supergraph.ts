import { createHash } from 'node:crypto';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import type { ExecutionRequest, Executor } from '@graphql-tools/utils';
import { compose, pluginNamed } from '@weinao/composition';
import type { ParsedSubgraph, SubgraphDefinition } from '@weinao/composition';
import { buildASTSchema, Kind, print, validate } from 'graphql';
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import type { GatewayRequest } from './gateway-request.ts';
import type { SubgraphCaller } from './subgraph.caller.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Who executes an operation: one plugin the whole of it, the gateway's own schema (introspection), or several together. */
export type Route = { readonly plugin: string } | 'introspection' | 'stitched';

/** Several subgraphs as one schema, and how to execute on it. */
export interface Supergraph {
  readonly sdl: string;
  /** What clients see, for validation and introspection. */
  readonly apiSchema: GraphQLSchema;
  /** Executes across subgraphs. */
  readonly stitchedSchema: GraphQLSchema;
  route(document: DocumentNode, operation: OperationDefinitionNode): Route;
}

/** Equal for the same subgraphs, whatever their order. */
export const supergraphKey = (subgraphs: readonly SubgraphDefinition[]): string =>
  createHash('sha256')
    .update(JSON.stringify(subgraphs.map(({ plugin, sdl }) => [plugin, sdl]).sort()))
    .digest('hex');

/** @throws CompositionFailed with the reasons; takes 0.1 s and more, so never twice for the same set */
export function composeSupergraph(
  subgraphs: readonly SubgraphDefinition[],
  caller: SubgraphCaller,
): Supergraph {
  const composition = compose(subgraphs);
  const stitchedSchema = getStitchedSchemaFromSupergraphSdl({
    supergraphSdl: composition.supergraph,
    onSubschemaConfig: (config) => {
      const plugin = pluginNamed(config.name, composition);
      config.executor = (({
        document,
        variables,
        context,
        info,
      }: ExecutionRequest<Variables, GatewayRequest>) =>
        caller.call(plugin, print(document), variables, context!, info?.path.key)) as Executor;
    },
  });
  const apiSchema = buildASTSchema(composition.publicSchema, { assumeValidSDL: true });
  return { sdl: composition.publicSdl, apiSchema, stitchedSchema, route: router(composition.subgraphs) };
}

function router(subgraphs: readonly ParsedSubgraph[]): Supergraph['route'] {
  const schemas = subgraphs.map(({ plugin, document }) => ({
    plugin,
    schema: buildASTSchema(document, { assumeValidSDL: true, assumeValid: true }),
  }));
  const known = new WeakMap<OperationDefinitionNode, Route>();
  return (document, operation) => {
    const route = known.get(operation) ?? findRoute(document, operation, schemas);
    known.set(operation, route);
    return route;
  };
}

function findRoute(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schemas: readonly { plugin: string; schema: GraphQLSchema }[],
): Route {
  const fields = rootFields(document, operation.selectionSet);
  if (fields.every((field) => field.startsWith('__'))) return 'introspection';
  // a subgraph would tell of itself alone, and of what federation adds to it
  if (fields.some((field) => field === '__schema' || field === '__type')) return 'stitched';
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  // stitching costs half to two thirds of the rate: what one subgraph can answer whole, it answers whole
  const owner = schemas.find(({ schema }) => {
    const serves = operations.every(({ operation: kind }) => schema.getRootType(kind)); // validation would not miss it
    return serves && validate(schema, document).length === 0;
  });
  return owner ? { plugin: owner.plugin } : 'stitched';
}

/** Names of the fields that an operation begins with, wherever they are written. */
function rootFields(document: DocumentNode, { selections }: SelectionSetNode): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node.name.value];
    if (node.kind === Kind.INLINE_FRAGMENT) return rootFields(document, node.selectionSet);
    const fragment = document.definitions.find((definition) => {
      return definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === node.name.value;
    }) as FragmentDefinitionNode;
    return rootFields(document, fragment.selectionSet);
  });
}
