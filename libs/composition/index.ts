export type { ParsedSubgraph, SubgraphDefinition } from './absent-neighbours.ts';
export { compose, CompositionFailed, pluginNamed } from './composition.ts';
export type { Composition } from './composition.ts';
