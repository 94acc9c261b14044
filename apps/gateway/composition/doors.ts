import { CompositionFailed } from '@weinao/composition';
import { PLATFORM } from '@weinao/plugins';
import type { CommunityDirectory, DirectoryEntry } from '@weinao/plugins';
import { LRUCache } from 'lru-cache';
import { Composer, CompositionInterrupted } from './composer.ts';
import { DoorServer } from './door.server.ts';
import { PluginSets } from './plugin-sets.ts';
import type { PluginSet } from './plugin-sets.ts';
import { SubgraphSchemas, supergraphOf } from './supergraph.ts';
import type { SubgraphCaller } from './subgraph.caller.ts';
import { HttpError } from '../http/http-error.ts';

/** Distinct sets of plugins that are kept composed; memory goes with these, not with the number of communities. */
const MOST_SETS = 100;

export interface DoorsParts {
  readonly directory: CommunityDirectory;
  readonly caller: SubgraphCaller;
  readonly mostSets?: number;
  report(message: string, error?: unknown): void;
}

/** The schemas of this gateway: one for each distinct set of enabled plugins, and the platform's. */
export class Doors {
  private readonly composer = new Composer();
  private readonly schemas = new SubgraphSchemas();
  private readonly sets: PluginSets;
  /** Where a set does not compose, that is kept too. Who still answers by one that is dropped here goes on with it. */
  private readonly servers: LRUCache<string, Promise<DoorServer>>;
  /** By community, and the platform's: the last set of which a schema came out. */
  private readonly lastGood = new Map<string, PluginSet>();
  private readonly lookedAt = new Map<string, PluginSet>();
  private known = false;
  private look: NodeJS.Immediate | undefined;
  private stopListening: () => void = () => undefined;
  private stopped = false;

  constructor(private readonly parts: DoorsParts) {
    this.sets = new PluginSets(parts.directory);
    this.servers = new LRUCache({ max: parts.mostSets ?? MOST_SETS });
  }

  /** Composes from now on what the directory tells of, before anybody asks. */
  start(): void {
    const { directory } = this.parts;
    this.stopListening = directory.onChange(() => this.lookSoon());
    void directory.ready.then(() => {
      this.known = true;
      this.lookSoon();
    });
  }

  get hasPlatform(): boolean {
    return this.lastGood.has(PLATFORM);
  }

  /** @throws HttpError 503 before the communities service has come up for the first time; CompositionFailed */
  async ofPlatform(): Promise<DoorServer> {
    const set = this.sets.ofPlatform();
    if (set) return this.inForce(PLATFORM, set);
    throw new HttpError(
      503,
      'PLUGIN_UNAVAILABLE',
      'The communities service has not come up yet; try again in a moment.',
    );
  }

  /**
   * By what the community has enabled, or by the last good schema where that does not compose.
   *
   * @throws CompositionFailed where there was none before
   */
  async ofCommunity(community: DirectoryEntry): Promise<DoorServer> {
    const set = this.sets.ofCommunity(community);
    const server = this.inForce(community.id, set);
    this.composer.hasten(set);
    return server;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    clearImmediate(this.look);
    await this.composer.stop();
    for (const started of await Promise.allSettled(this.servers.values())) {
      if (started.status === 'fulfilled') await started.value.stop();
    }
  }

  private async inForce(owner: string, set: PluginSet): Promise<DoorServer> {
    try {
      const server = await this.serverFor(set);
      this.lastGood.set(owner, set);
      return server;
    } catch (error) {
      const good = this.lastGood.get(owner);
      if (!(error instanceof CompositionFailed) || !good || good.key === set.key) throw error;
      return this.serverFor(good);
    }
  }

  private serverFor(set: PluginSet): Promise<DoorServer> {
    const known = this.servers.get(set.key);
    if (known) return known;
    const server = this.composed(set);
    this.servers.set(set.key, server);
    server.catch((error: unknown) => {
      const again = error instanceof CompositionInterrupted && this.servers.peek(set.key) === server;
      if (again) this.servers.delete(set.key);
      this.tellOfFailure(set, error);
    });
    return server;
  }

  private async composed(set: PluginSet): Promise<DoorServer> {
    const { caller } = this.parts;
    const composed = await this.composer.compose(set);
    return DoorServer.start(supergraphOf(composed, this.schemas, caller), caller);
  }

  private tellOfFailure({ subgraphs }: PluginSet, error: unknown): void {
    if (this.stopped) return;
    const plugins = subgraphs.map(({ plugin }) => plugin).join(', ');
    this.parts.report(`There is no schema of ${plugins}; who has these keeps the last good one`, error);
  }

  private lookSoon(): void {
    if (this.known && !this.stopped) this.look ??= setImmediate(() => this.lookAtDirectory());
  }

  /** No more sets at once than are kept; the others are composed when somebody asks. */
  private lookAtDirectory(): void {
    this.look = undefined;
    const begun = new Set<PluginSet>();
    for (const [owner, set] of this.wanted()) {
      if (this.lookedAt.get(owner) === set) continue;
      this.lookedAt.set(owner, set);
      if (begun.size < this.servers.max) begun.add(set);
      if (begun.has(set)) this.inForce(owner, set).catch(() => undefined); // it was reported
    }
  }

  private *wanted(): Iterable<readonly [owner: string, set: PluginSet]> {
    const { directory } = this.parts;
    const platform = this.sets.ofPlatform();
    if (platform) yield [PLATFORM, platform];
    for (const id of directory.communityIds()) yield [id, this.sets.ofCommunity(directory.community(id)!)];
  }
}
