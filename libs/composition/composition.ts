import { composeServices } from '@theguild/federation-composition';
import type { DocumentNode } from 'graphql';
import { withoutAbsentNeighbours } from './absent-neighbours.ts';
import type { ParsedSubgraph, SubgraphDefinition } from './absent-neighbours.ts';

/** Several plugins' parts of a door as one schema. */
export interface Composition {
  /** With the directives that say which plugin answers what. */
  readonly supergraph: DocumentNode;
  /** What clients see. */
  readonly publicSdl: string;
  /** What each plugin contributes to this set. */
  readonly subgraphs: readonly ParsedSubgraph[];
}

export class CompositionFailed extends Error {
  override readonly name = 'CompositionFailed';
}

/** @throws CompositionFailed with the reasons, a GraphQLError for text that is no SDL; takes 30 ms and more */
export function compose(definitions: readonly SubgraphDefinition[]): Composition {
  const subgraphs = withoutAbsentNeighbours(definitions);
  const composed = composeServices(
    subgraphs.map(({ plugin, document }) => ({ name: plugin, typeDefs: document, url: `bus:${plugin}` })),
  );
  if (composed.supergraphSdl === undefined) {
    throw new CompositionFailed(composed.errors.map(({ message }) => message).join('\n'));
  }
  const { supergraphDocumentNode, publicSdl } = composed;
  return { supergraph: supergraphDocumentNode, publicSdl, subgraphs };
}

/** Supergraphs name their subgraphs in capitals with underscores. @throws Error for one that is not in the set */
export function pluginNamed(
  subgraph: string,
  { subgraphs }: { readonly subgraphs: readonly { readonly plugin: string }[] },
): string {
  const found = subgraphs.find(({ plugin }) => {
    return plugin.replace(/[^a-z0-9]/gi, '_').toLowerCase() === subgraph.toLowerCase();
  });
  if (!found) throw new Error(`No plugin of the set is called ${subgraph}`);
  return found.plugin;
}
