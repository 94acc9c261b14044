import { isSafeId, publisherOf } from '@weinao/events';
import type { OutsideEffect, Projection, Reaction, Timer, Upcasters } from '@weinao/events';
import type { DataSource, MigrationInterface } from 'typeorm';
import type { HttpEdge } from './edges/edge.ts';
import { assertPaths } from './edges/edge-paths.ts';
import type { HttpFeed } from './edges/feed.ts';
import { parseManifest } from './manifest/plugin-manifest.ts';
import type { PluginManifest } from './manifest/plugin-manifest.ts';
import type { LookingReaction } from './reactions/looking-reaction.ts';
import { settingsSchemaOf } from './settings/settings.schema.ts';
import type { Door } from './wire/subgraph.protocol.ts';

type Class<Instance = object> = new (...args: never[]) => Instance;

/** A plugin's table of contents. */
export interface PluginDefinition {
  /** Checked by `parseManifest`. */
  readonly manifest: Omit<PluginManifest, 'scope'> & Partial<Pick<PluginManifest, 'scope'>>;
  /** Older shapes of its events, lifted on reading. */
  readonly upcasters?: Upcasters;
  readonly projections: readonly Projection<never>[];
  /** Of its own events, and of those that the manifest says it consumes. */
  readonly reactions?: readonly (Reaction | LookingReaction)[];
  readonly timers?: readonly Timer[];
  readonly effects?: readonly OutsideEffect[];
  /** Of its read models; the kernel brings its own tables. */
  readonly migrations: readonly Class<MigrationInterface>[];
  /** Classes that query the read models; made with the plugin's `DataSource`, injected into its resolvers. */
  readonly readers: readonly (new (database: DataSource) => object)[];
  /** Nest resolvers of each door; most plugins have only the community's. */
  readonly resolvers: Readonly<Partial<Record<Door, readonly Class[]>>>;
  /** Types that belong to a door's schema though none of its fields leads to them. */
  readonly orphanedTypes?: readonly Class[];
  /** Plain HTTP and server-sent events below a community's address, for machines. */
  readonly edges?: readonly HttpEdge[];
  readonly feeds?: readonly HttpFeed[];
  /** Further Nest providers, and controllers that answer on the bus. */
  readonly providers?: readonly Class[];
  readonly controllers?: readonly Class[];
  /** Which data of its events say something of a person, by the event; a later version encrypts them. */
  readonly personal?: Readonly<Record<string, readonly string[]>>;
  /** What a community may set: a class with class-validator rules and `@Setting` titles, its defaults as initial values. */
  readonly settings?: Class;
}

export interface Plugin extends Omit<PluginDefinition, 'manifest'> {
  readonly manifest: PluginManifest;
}

/** @throws Error at once when something is wrong: a plugin that is not right does not start. */
export function definePlugin(definition: PluginDefinition): Plugin {
  const plugin = { ...definition, manifest: parseManifest(definition.manifest) };
  assertNames('reaction', plugin.reactions);
  assertNames('timer', plugin.timers);
  assertNames('effect', plugin.effects);
  for (const reaction of plugin.reactions ?? []) assertConsumed(plugin.manifest, reaction);
  assertPaths(plugin.edges, plugin.feeds);
  if (plugin.settings) settingsSchemaOf(plugin.settings);
  for (const event of Object.keys(plugin.personal ?? {}))
    assertPublished(plugin.manifest, event, 'is said to hold personal data');
  for (const event of plugin.feeds?.flatMap(({ follows }) => follows) ?? [])
    assertPublished(plugin.manifest, event, 'is told by a feed');
  return plugin;
}

/** Names are part of ids that must stay the same for ever. */
function assertNames(kind: string, definitions: readonly { readonly name: string }[] = []): void {
  const names = definitions.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (!isSafeId(name)) throw new Error(`The ${kind} "${name}" needs a name of small letters, digits and -`);
    if (names.indexOf(name) !== index) throw new Error(`Two of the plugin's ${kind}s are named ${name}`);
  }
}

function assertPublished({ publishes }: PluginManifest, event: string, what: string): void {
  if (publishes.includes(event)) return;
  throw new Error(`${event} ${what}, but the manifest does not publish it`);
}

function assertConsumed(
  { consumes }: PluginManifest,
  { name, follows }: Pick<Reaction, 'name' | 'follows'>,
): void {
  for (const type of follows) {
    if (publisherOf(type) === undefined || consumes.includes(type)) continue;
    throw new Error(`The reaction ${name} follows ${type}, which the manifest does not list under consumes`);
  }
}
