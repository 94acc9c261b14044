import type { Bus } from '@weinao/events';
import { isEnabledIn } from '@weinao/plugins';
import type { CommunityDirectory, EdgeReply, FeedCall } from '@weinao/plugins';
import type { FoundFeed } from './addresses.ts';
import type { EdgeCaller } from './edge.caller.ts';
import type { FeedAudience } from './feed.audience.ts';
import { PluginFeeds } from './plugin.feeds.ts';
import { HEARTBEAT } from './server-sent-events.ts';
import type { ServerSentEvents } from './server-sent-events.ts';
import { HttpError } from '../http/http-error.ts';

/** How often every connection is written to, and how often plugins are told who is connected. */
export interface FeedTimes {
  readonly heartbeatMs: number;
  readonly presenceMs: number;
}

export const FEED_TIMES: FeedTimes = { heartbeatMs: 15_000, presenceMs: 20_000 };

/** So many connections a message tells of, lest it becomes larger than one may be. */
const MOST_SEEN_AT_ONCE = 5_000;

/** Everybody who is connected to a feed here, whichever plugin's. */
export class Feeds {
  private readonly plugins = new Map<string, PluginFeeds>();
  private readonly stops = new Set<Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private stopListening: () => void = () => undefined;
  private stopped = false;

  constructor(
    private readonly bus: Bus,
    private readonly directory: CommunityDirectory,
    private readonly caller: EdgeCaller,
    private readonly report: (message: string, error?: unknown) => void,
    private readonly times: FeedTimes,
  ) {}

  start(): void {
    this.stopListening = this.directory.onChange(() => this.endWhatIsOff());
    this.timers.push(
      setInterval(() => this.beat(), this.times.heartbeatMs),
      setInterval(() => this.tellPresence(), this.times.presenceMs),
    );
  }

  /** @returns why not, where the plugin refuses. @throws HttpError where it does not answer */
  connect(
    found: FoundFeed,
    call: Omit<FeedCall, 'feed' | 'position'>,
    outlet: ServerSentEvents,
  ): Promise<EdgeReply | undefined> {
    if (this.stopped) throw new HttpError(503, 'PLUGIN_UNAVAILABLE', 'The gateway stops. Connect again.');
    const feeds = this.plugins.get(found.plugin) ?? this.begin(found.plugin);
    return feeds.connect(found, call, outlet);
  }

  /** Ends every connection. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    for (const timer of this.timers) clearInterval(timer);
    for (const [plugin, feeds] of this.plugins) this.end(plugin, feeds);
    await Promise.all(this.stops);
  }

  private begin(plugin: string): PluginFeeds {
    const { bus, caller, report } = this;
    const onEmpty = (): void => this.end(plugin, feeds);
    const feeds = new PluginFeeds({ plugin, bus, caller, report, onEmpty });
    this.plugins.set(plugin, feeds);
    return feeds;
  }

  private end(plugin: string, feeds: PluginFeeds): void {
    if (this.plugins.get(plugin) !== feeds) return;
    this.plugins.delete(plugin);
    const stop = feeds.stop().finally(() => this.stops.delete(stop));
    this.stops.add(stop);
  }

  private endWhatIsOff(): void {
    for (const [plugin, { audiences }] of this.plugins) {
      for (const audience of audiences) if (!this.isOn(plugin, audience)) audience.end();
    }
  }

  private isOn(plugin: string, { feed, communityId }: FeedAudience): boolean {
    const announced = this.directory.plugin(plugin);
    const community = this.directory.community(communityId);
    if (!announced?.feeds?.includes(feed) || !community) return false;
    return isEnabledIn(community, announced.manifest);
  }

  private beat(): void {
    for (const { audiences } of this.plugins.values()) {
      for (const audience of audiences) audience.write(HEARTBEAT);
    }
  }

  private tellPresence(): void {
    for (const [plugin, { audiences }] of this.plugins) {
      for (const audience of audiences) {
        const { feed, communityId } = audience;
        const all = feed.presence ? audience.paramsOfAll() : [];
        for (let from = 0; from < all.length; from += MOST_SEEN_AT_ONCE) {
          const connections = all.slice(from, from + MOST_SEEN_AT_ONCE);
          this.caller.seen(plugin, { feed: feed.path, communityId, connections });
        }
      }
    }
  }
}
