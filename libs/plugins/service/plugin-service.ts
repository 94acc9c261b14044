import type { ReadModelProgress } from '@weinao/events';
import type { Subgraph } from './subgraph.ts';
import type { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Door } from '../wire/subgraph.protocol.ts';

export const PLUGIN_SERVICE = Symbol('PluginService');

/** What the host knows of the plugin that it runs. */
export interface PluginService {
  readonly plugin: Plugin;
  readonly directory: CommunityDirectory;
  readonly subgraphs: ReadonlyMap<Door, Subgraph>;
  readonly progress: ReadModelProgress;
  report(this: void, message: string, error: unknown): void;
}
