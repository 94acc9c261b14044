import type { SubgraphReply, SubgraphRequest } from './subgraph.protocol.ts';

/** Most requests of a batch; a service refuses a longer one. */
export const MOST_IN_A_BATCH = 128;

/** Several requests to `gql.<plugin>` in one message, where the announcement says `batches`. Each is answered alone. */
export interface BatchRequest {
  readonly batch: readonly SubgraphRequest[];
}

/** In place of a reply: what would have been the refusal of a message of its own. */
export interface RefusedItem {
  readonly refused: { readonly code: 'REFUSED' | 'TOO_LARGE'; readonly message: string };
}

export interface BatchReply {
  /** In the order of the requests; null for what this message does not hold. */
  readonly batch: readonly (SubgraphReply | RefusedItem | null)[];
  /**
   * The subject on which this very replica tells the others, in the same form: those that take longer, or did not fit.
   * It is asked with an empty message, again and again until it names none. It is there for 10 s.
   */
  readonly rest?: string;
}
