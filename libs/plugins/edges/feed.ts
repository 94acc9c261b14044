import type { FeedRequest } from './machine-request.ts';
import type { FeedEvent, FeedOpening, PathParams, ToldMessage } from '../wire/edge.protocol.ts';

/** Server-sent events below a community's address. The gateway holds the connections; the service holds nothing. */
export interface HttpFeed {
  /** As of an edge; always GET. */
  readonly path: string;
  /** Names of the plugin's own events that it tells of; `tell` is not asked about others. */
  readonly follows: readonly string[];
  /** A Nest provider, made by the host. */
  readonly handler: new (...parts: never[]) => FeedHandler;
}

export interface FeedHandler {
  /**
   * Somebody connects: looks who it is, and says what is valid, or what was missed since `lastEventId`. Rows and position
   * must agree: take both from `readAtOnePosition`.
   *
   * @throws CodedError, Rejection: answered as by an edge
   */
  open(request: FeedRequest): Promise<FeedOpening>;
  /**
   * What those who are connected in its community are told of an event of the plugin's own: asked once by each gateway,
   * in the log's order, when the read models show the event. One that throws has everybody there connect anew.
   */
  tell(event: FeedEvent): Promise<readonly ToldMessage[]>;
  /**
   * Who is connected at one gateway, every 20 s, in every replica of the service; nobody is told when somebody goes.
   * May be told in parts, where there are many.
   */
  seen?(communityId: string, connections: readonly PathParams[]): void | Promise<void>;
}

export const tellsPresence = ({ handler }: HttpFeed): boolean =>
  (handler.prototype as Partial<FeedHandler>).seen !== undefined;
