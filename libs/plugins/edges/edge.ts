import type { EdgeRequest } from './machine-request.ts';

/** Plain HTTP below a community's address, for machines that speak no GraphQL. */
export interface HttpEdge {
  readonly method: 'GET' | 'POST';
  /** Below `/communities/<id>/`; a part that begins with `:` is a parameter, and stands for an id. */
  readonly path: string;
  /** Of the body; 16 KiB unless said otherwise. */
  readonly mostBytes?: number;
  /** What the body may be, as in `application/json`; whatever comes unless said otherwise. */
  readonly contentTypes?: readonly string[];
  /** A Nest provider, made by the host. */
  readonly handler: new (...parts: never[]) => EdgeHandler;
}

export interface EdgeHandler {
  /** @throws CodedError, Rejection: answered as the same coded JSON as GraphQL's errors, with a status that fits */
  handle(request: EdgeRequest): Promise<EdgeAnswer>;
}

export interface EdgeAnswer {
  readonly status: number;
  /** An object is sent as JSON, a text as it is. */
  readonly body: object | string;
  /** Of a text; `text/plain` unless said otherwise. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const USUAL_EDGE_BYTES = 16_384;
/** Of a body; as JSON in a message on the bus it may become four times as long. */
export const MOST_EDGE_BYTES = 262_144;
