import { PluginCalls, COMMUNITIES_PLUGIN, CommunityDirectory } from '@weinao/plugins';
import type { DirectoryEntry } from '@weinao/plugins';
import type { Bus } from '@weinao/events';
import type { LocalIssuer } from './authentication/local-issuer.ts';
import { Doors } from './composition/doors.ts';
import { SubgraphCaller } from './composition/subgraph.caller.ts';
import { EdgeCaller } from './edges/edge.caller.ts';
import { FEED_TIMES, Feeds } from './edges/feeds.ts';
import type { FeedTimes } from './edges/feeds.ts';
import { HttpError } from './http/http-error.ts';
import { Live, MOST_SUBSCRIPTIONS } from './live/live.ts';

export const GATEWAY = Symbol('Gateway');

const NOT_KNOWN_YET = 'The communities are not known here yet; try again in a moment.';

export interface GatewayParts {
  readonly bus: Bus;
  readonly issuer: LocalIssuer;
  readonly feedTimes?: FeedTimes | undefined;
  /** That one person has open in one community. */
  readonly mostSubscriptions?: number | undefined;
  report(message: string, error?: unknown): void;
}

/** What the HTTP controllers stand on. */
export class Gateway {
  readonly issuer: LocalIssuer;
  readonly directory: CommunityDirectory;
  readonly doors: Doors;
  readonly edges: EdgeCaller;
  readonly feeds: Feeds;
  readonly live: Live;
  private readonly calls: PluginCalls;
  private known = false;

  constructor(parts: GatewayParts) {
    const { bus, issuer, report } = parts;
    const { feedTimes = FEED_TIMES, mostSubscriptions = MOST_SUBSCRIPTIONS } = parts;
    this.issuer = issuer;
    this.directory = new CommunityDirectory({ bus, report });
    const caller = new SubgraphCaller(bus, this.directory, report);
    this.doors = new Doors({ directory: this.directory, caller, report });
    this.edges = new EdgeCaller(bus, report);
    this.feeds = new Feeds(bus, this.directory, this.edges, report, feedTimes);
    const { heartbeatMs } = feedTimes;
    this.live = new Live(bus, this.directory, this.doors, report, heartbeatMs, mostSubscriptions);
    this.calls = new PluginCalls(bus);
  }

  start(): void {
    this.directory.start();
    this.doors.start();
    this.feeds.start();
    this.live.start();
    void this.directory.ready.then(() => (this.known = true));
  }

  /** @throws HttpError 404; 503 before the directory was read to its end, because it may be there all the same */
  communityOf(id: string): DirectoryEntry {
    const community = this.directory.community(id);
    if (!this.known) throw new HttpError(503, 'PLUGIN_UNAVAILABLE', NOT_KNOWN_YET);
    if (community) return community;
    throw new HttpError(404, 'NOT_FOUND', 'There is no such community.');
  }

  async isReady(): Promise<boolean> {
    return this.known && this.doors.hasPlatform && (await this.calls.isRunning(COMMUNITIES_PLUGIN));
  }

  async stop(): Promise<void> {
    await this.directory.stop();
    await this.doors.stop();
  }
}
