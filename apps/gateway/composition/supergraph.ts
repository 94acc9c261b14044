import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import type { ExecutionRequest, Executor } from '@graphql-tools/utils';
import { pluginNamed } from '@weinao/composition';
import { buildSchema, Kind, print, validate } from 'graphql';
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import type { Composed } from './composer.ts';
import type { GatewayRequest } from './gateway-request.ts';
import type { SubgraphCaller } from './subgraph.caller.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Who executes an operation: one plugin the whole of it, the gateway's own schema (introspection), or several together. */
export type Route = { readonly plugin: string } | 'introspection' | 'stitched';

interface PluginSchema {
  readonly plugin: string;
  readonly schema: GraphQLSchema;
}

/** Several subgraphs as one schema, and how to execute on it. */
export interface Supergraph {
  readonly sdl: string;
  /** What clients see, for validation and introspection. */
  readonly apiSchema: GraphQLSchema;
  /** Executes across subgraphs; made when it is first needed, which takes 20 ms and more. */
  readonly stitchedSchema: GraphQLSchema;
  route(document: DocumentNode, operation: OperationDefinitionNode): Route;
}

/** Schemas of single subgraphs, each once however many sets it is in, as long as one of them is in use. */
export class SubgraphSchemas {
  private readonly schemas = new Map<string, WeakRef<GraphQLSchema>>();

  of(sdl: string): GraphQLSchema {
    const known = this.schemas.get(sdl)?.deref();
    if (known) return known;
    for (const [text, schema] of this.schemas) if (!schema.deref()) this.schemas.delete(text);
    const schema = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true, noLocation: true });
    this.schemas.set(sdl, new WeakRef(schema));
    return schema;
  }
}

/** What is left to do on the thread of the requests takes some ms. */
export function supergraphOf(
  { supergraphSdl, publicSdl, subgraphs }: Composed,
  schemas: SubgraphSchemas,
  caller: SubgraphCaller,
): Supergraph {
  let stitched: GraphQLSchema | undefined;
  return {
    sdl: publicSdl,
    apiSchema: buildSchema(publicSdl, { assumeValidSDL: true, noLocation: true }),
    get stitchedSchema() {
      return (stitched ??= stitch(supergraphSdl, subgraphs, caller));
    },
    route: router(subgraphs.map(({ plugin, sdl }) => ({ plugin, schema: schemas.of(sdl) }))),
  };
}

function stitch(
  supergraphSdl: string,
  subgraphs: Composed['subgraphs'],
  caller: SubgraphCaller,
): GraphQLSchema {
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    onSubschemaConfig: (config) => {
      const plugin = pluginNamed(config.name, { subgraphs });
      config.executor = (({
        document,
        variables,
        context,
        info,
      }: ExecutionRequest<Variables, GatewayRequest>) =>
        caller.call(plugin, print(document), variables, context!, info?.path.key)) as Executor;
    },
  });
}

function router(schemas: readonly PluginSchema[]): Supergraph['route'] {
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
  schemas: readonly PluginSchema[],
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
