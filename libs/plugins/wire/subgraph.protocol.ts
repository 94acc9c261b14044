import { safeId } from '@weinao/events';
import type { GraphQLFormattedError } from 'graphql';
import type { AnnouncedEdge, AnnouncedFeed } from './edge.protocol.ts';
import type { Viewer } from '../access/viewer.ts';
import type { PluginManifest } from '../manifest/plugin-manifest.ts';

/** `platform` is what POST /graphql serves, `community` what POST /communities/<id>/graphql serves. */
export type Door = 'platform' | 'community';

/** A request to `gql.<plugin>`, as JSON. */
export interface SubgraphRequest {
  readonly door: Door;
  /** Null at the platform's door. */
  readonly communityId: string | null;
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
  readonly correlationId: string;
  readonly idempotencyKey?: string;
  /** Position of the communities' log that the gateway acted upon: the service first catches up with it. */
  readonly directoryPosition: string;
  /** Position in the plugin's own log that its read models must show first. */
  readonly position?: string;
}

export interface SubgraphResult {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface SubgraphReply {
  readonly result: SubgraphResult;
  /** Position in the plugin's log of the last event that the request led to, where it led to any. */
  readonly position?: string;
}

/** What a plugin serves at each door, and what else the platform knows it by. */
export interface Announcement {
  readonly manifest: PluginManifest;
  readonly sdl: Readonly<Partial<Record<Door, string>>>;
  readonly edges?: readonly AnnouncedEdge[];
  readonly feeds?: readonly AnnouncedFeed[];
  readonly live?: readonly AnnouncedLive[];
  readonly settings?: AnnouncedSettings;
}

/** What a community may set. */
export interface AnnouncedSettings {
  /** JSON Schema, draft 2020-12; `x-title` and `x-description` hold the texts of `title` and `description` by locale. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A request to `plugin.announce`: a replica is there, and this is what it would serve. */
export interface AnnounceRequest extends Announcement {
  /** Another at each start of a process. */
  readonly replica: string;
}

/**
 * `IN_FORCE`: the catalogue has this announcement. `WAITING`: it is right, but another is in force until every running
 * replica has this one; serve, and announce again. `REFUSED`: serve nothing; the reason may go away, so try again.
 */
export type AnnouncementState = 'IN_FORCE' | 'WAITING' | 'REFUSED';

export interface AnnounceReply {
  readonly state: AnnouncementState;
  /** For people; of what is not in force. */
  readonly reason?: string;
}

/** Published on `plugin.here` again and again by each replica that runs. */
export interface ReplicaHere {
  readonly plugin: string;
  readonly replica: string;
  readonly version: string;
  /** `fingerprint` of its announcement, without the replica. */
  readonly digest: string;
}

/** Published on `plugin.here` once, by a replica that stops in order. */
export interface ReplicaLeaving {
  readonly plugin: string;
  readonly replica: string;
  readonly leaving: true;
}

/** How often a replica says that it is there. */
export const HERE_EVERY_MS = 500;

/** A field of the subscription type: tells of a thing whenever one of these events changes it. */
export interface AnnouncedLive {
  readonly field: string;
  /** Without which nobody may subscribe, as `<plugin>.<permission>`. */
  readonly permission: string;
  /** Names of the plugin's own events. */
  readonly follows: readonly string[];
  /** The field of the query type that answers with the thing, and its argument that names it. */
  readonly query: string;
  /** Where the subscription has an argument of that name, too, it tells of that one thing only. */
  readonly argument: string;
  /** Which thing an event is about: `:stream` stands for the end of its stream's name, `:<name>` for one of its data. */
  readonly id: string;
}

/** A request to `plugin.<plugin>.settings`: do these settings fit the plugin's settings class? */
export interface SettingsRequest {
  readonly settings: unknown;
}

export interface SettingsReply {
  /** With the defaults filled in; absent where there are problems. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly problems: readonly { readonly path: string; readonly rule: string; readonly message: string }[];
}

export const wireSubjects = {
  subgraph: (plugin: string): string => `gql.${safeId(plugin)}`,
  settings: (plugin: string): string => `plugin.${safeId(plugin)}.settings`,
  ping: (plugin: string): string => `plugin.${safeId(plugin)}.ping`,
  announce: 'plugin.announce',
  here: 'plugin.here',
};

/** The plugin that keeps the communities, and with them the directory. */
export const COMMUNITIES_PLUGIN = 'communities';

/** Stands for the platform where an event belongs to no community; no community may take it as its id. */
export const PLATFORM = 'platform';
