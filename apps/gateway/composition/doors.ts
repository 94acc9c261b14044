import type { SubgraphDefinition } from '@weinao/composition';
import { COMMUNITIES_PLUGIN, isEnabledIn } from '@weinao/plugins';
import type { Announcement, CommunityDirectory, DirectoryEntry, Door } from '@weinao/plugins';
import { LRUCache } from 'lru-cache';
import { DoorServer } from './door.server.ts';
import { composeSupergraph, supergraphKey } from './supergraph.ts';
import type { SubgraphCaller } from './subgraph.caller.ts';
import { HttpError } from '../http/http-error.ts';

/** Distinct sets of plugins that are kept composed; memory goes with these, not with the number of communities. */
const MOST_SETS = 100;

/** The schemas of this gateway: one for each distinct set of enabled plugins, and the platform's. */
export class Doors {
  private readonly servers = new LRUCache<string, Promise<DoorServer>>({
    max: MOST_SETS,
    dispose: (server) => void server.then((started) => started.stop()).catch(() => undefined),
  });

  constructor(
    private readonly directory: CommunityDirectory,
    private readonly caller: SubgraphCaller,
  ) {}

  /** @throws HttpError 503 before the communities service has come up for the first time */
  async ofPlatform(): Promise<DoorServer> {
    const communities = this.directory.plugin(COMMUNITIES_PLUGIN);
    if (communities) return this.serverFor(subgraphsAt('platform', [communities]));
    throw new HttpError(
      503,
      'PLUGIN_UNAVAILABLE',
      'The communities service has not come up yet; try again in a moment.',
    );
  }

  /** @throws CompositionFailed */
  ofCommunity(community: DirectoryEntry): Promise<DoorServer> {
    const enabled = this.directory.plugins().filter(({ manifest }) => isEnabledIn(community, manifest));
    return this.serverFor(subgraphsAt('community', enabled));
  }

  async stop(): Promise<void> {
    const servers = [...this.servers.values()];
    for (const server of servers) await (await server).stop();
  }

  private serverFor(subgraphs: readonly SubgraphDefinition[]): Promise<DoorServer> {
    const key = supergraphKey(subgraphs);
    const known = this.servers.get(key);
    if (known) return known;
    const server = this.composed(subgraphs);
    this.servers.set(key, server);
    server.catch(() => this.servers.delete(key));
    return server;
  }

  private async composed(subgraphs: readonly SubgraphDefinition[]): Promise<DoorServer> {
    return DoorServer.start(composeSupergraph(subgraphs, this.caller), this.caller);
  }
}

const subgraphsAt = (door: Door, announcements: readonly Announcement[]): SubgraphDefinition[] =>
  announcements.flatMap(({ manifest, sdl }) => {
    const text = sdl[door];
    return text === undefined ? [] : [{ plugin: manifest.id, sdl: text }];
  });
