import type { Projection, Upcasters } from '@weinao/events';
import type { DataSource, MigrationInterface } from 'typeorm';
import { parseManifest } from './manifest/plugin-manifest.ts';
import type { PluginManifest } from './manifest/plugin-manifest.ts';
import type { Door } from './wire/subgraph.protocol.ts';

type Class<Instance = object> = new (...args: never[]) => Instance;

/** A plugin's table of contents. */
export interface PluginDefinition {
  /** Checked by `parseManifest`. */
  readonly manifest: Omit<PluginManifest, 'scope'> & Partial<Pick<PluginManifest, 'scope'>>;
  /** Older shapes of its events, lifted on reading. */
  readonly upcasters?: Upcasters;
  readonly projections: readonly Projection<never>[];
  /** Of its read models; the kernel brings its own tables. */
  readonly migrations: readonly Class<MigrationInterface>[];
  /** Classes that query the read models; made with the plugin's `DataSource`, injected into its resolvers. */
  readonly readers: readonly (new (database: DataSource) => object)[];
  /** Nest resolvers of each door; most plugins have only the community's. */
  readonly resolvers: Readonly<Partial<Record<Door, readonly Class[]>>>;
  /** Types that belong to a door's schema though none of its fields leads to them. */
  readonly orphanedTypes?: readonly Class[];
  /** Further Nest providers, and controllers that answer on the bus. */
  readonly providers?: readonly Class[];
  readonly controllers?: readonly Class[];
  /** What a community may set: a class with class-validator rules, its defaults as initial values. */
  readonly settings?: Class;
}

export interface Plugin extends Omit<PluginDefinition, 'manifest'> {
  readonly manifest: PluginManifest;
}

/** @throws Error at once when the manifest is wrong: a plugin that is not right does not start. */
export function definePlugin(definition: PluginDefinition): Plugin {
  return { ...definition, manifest: parseManifest(definition.manifest) };
}
