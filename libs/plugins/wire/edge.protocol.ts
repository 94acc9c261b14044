import { safeId } from '@weinao/events';

/** What a plugin's announcement says of an edge. */
export interface AnnouncedEdge {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly mostBytes: number;
}

/** What a plugin's announcement says of a feed. */
export interface AnnouncedFeed {
  readonly path: string;
  /** Names of the plugin's events that it tells of. */
  readonly follows: readonly string[];
  /** Whether it wants to be told who is connected. */
  readonly presence: boolean;
}

/** By the names in the path. */
export type PathParams = Readonly<Record<string, string>>;

/** What edges and feeds are told of an HTTP request. Nobody has looked who asks. */
export interface HttpCall {
  readonly communityId: string;
  readonly params: PathParams;
  readonly query: Readonly<Record<string, string>>;
  /** Of `Authorization: Bearer`; null without one. */
  readonly token: string | null;
  readonly correlationId: string;
  /** Position of the communities' log that the gateway acted upon: the service first catches up with it. */
  readonly directoryPosition: string;
}

/** A request to `edge.<plugin>`. */
export interface EdgeCall extends HttpCall {
  /** `POST devices/:device/readings`: method and path as they were announced. */
  readonly edge: string;
  readonly contentType: string | null;
  readonly body: string;
  readonly idempotencyKey?: string;
}

export interface EdgeReply {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request to `feed.<plugin>.open`: somebody connects. */
export interface FeedCall extends HttpCall {
  /** Its path as it was announced. */
  readonly feed: string;
  /** Null for who was not connected before. */
  readonly lastEventId: string | null;
  /** Position in the plugin's log of the last event that the gateway told: what it opens with must not be older. */
  readonly position: string;
}

export interface FeedMessage {
  /** Position in the plugin's log of the event that it tells of: with it, who was away is told what was missed. */
  readonly id: string;
  /** Its name. */
  readonly event: string;
  /** JSON. */
  readonly data: string;
}

/** What somebody who connects is told at once. */
export interface FeedOpening {
  /** Which of the later messages it is sent, beside those for all. */
  readonly channels: readonly string[];
  /** Position in the plugin's log up to which `messages` tell everything: later events are told one by one. */
  readonly position: string;
  readonly messages: readonly FeedMessage[];
}

export type FeedOpened = { readonly opening: FeedOpening } | { readonly refusal: EdgeReply };

/** An event of the plugin's own, as it tells it to the world. */
export interface FeedEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly data: object;
  readonly stream: string;
  readonly position: string;
  readonly communityId: string;
}

/** A request to `feed.<plugin>.tell`: what is somebody connected in the event's community told of it? */
export interface FeedTelling {
  readonly feed: string;
  readonly event: FeedEvent;
}

export interface ToldMessage extends FeedMessage {
  readonly channels: readonly string[] | 'all';
}

/** Undefined: it cannot be told at the moment; ask again. */
export interface FeedTold {
  readonly messages?: readonly ToldMessage[];
}

/** A message to `feed.<plugin>.seen`: a gateway holds these connections in a community. */
export interface FeedPresence {
  readonly feed: string;
  readonly communityId: string;
  readonly connections: readonly PathParams[];
}

export const edgeSubjects = {
  edge: (plugin: string): string => `edge.${safeId(plugin)}`,
  open: (plugin: string): string => `feed.${safeId(plugin)}.open`,
  tell: (plugin: string): string => `feed.${safeId(plugin)}.tell`,
  seen: (plugin: string): string => `feed.${safeId(plugin)}.seen`,
};

/** How an edge is called on the bus. */
export const edgeKey = ({ method, path }: Pick<AnnouncedEdge, 'method' | 'path'>): string =>
  `${method} ${path}`;
