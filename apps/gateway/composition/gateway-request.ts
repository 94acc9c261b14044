import type { Door, Viewer } from '@weinao/plugins';

/** One HTTP request, as it is passed on to subgraphs. */
export interface GatewayRequest {
  readonly door: Door;
  /** Null at the platform's door. */
  readonly communityId: string | null;
  readonly viewer: Viewer;
  readonly correlationId: string;
  readonly idempotencyKey?: string;
  /** How much of a plugin's log its read models must show first. */
  readonly shown?: { readonly plugin: string; readonly position: string };
}
