import { BusError, Turnstile } from '@weinao/events';
import type { Bus, ConsumedEvent, Consumer } from '@weinao/events';
import type { EdgeReply, FeedCall, FeedOpened } from '@weinao/plugins';
import type { FoundFeed } from './addresses.ts';
import type { EdgeCaller } from './edge.caller.ts';
import { FeedAudience } from './feed.audience.ts';
import { FeedConnection } from './feed.connection.ts';
import { followPlugin } from './follow-plugin.ts';
import type { ServerSentEvents } from './server-sent-events.ts';
import { HttpError } from '../http/http-error.ts';

export interface PluginFeedsOptions {
  readonly plugin: string;
  readonly bus: Bus;
  readonly caller: EdgeCaller;
  report(message: string, error?: unknown): void;
  /** Called when the last one has gone. */
  onEmpty(): void;
}

/** When all come back at once, the time that one waits for its turn is not counted against its deadline. */
const MOST_OPENINGS_AT_ONCE = 64;
/** Then asking again would not help; whoever is connected comes back, and is told what is valid. */
const FOR_GOOD: ReadonlySet<string> = new Set(['REFUSED', 'TOO_LARGE']);

/** A plugin's feeds while somebody is connected to them: hears the plugin's events from then on, and tells them. */
export class PluginFeeds {
  private readonly byAddress = new Map<string, FeedAudience>();
  private readonly following: Promise<Consumer>;
  private readonly openings = new Turnstile(MOST_OPENINGS_AT_ONCE);
  /** Of the newest event that is told, or being told. Who connects now is told what is valid there or later. */
  private position = 0n;

  constructor(private readonly options: PluginFeedsOptions) {
    this.following = this.follow();
    this.following.catch(() => options.onEmpty()); // the next one who connects tries again
  }

  get audiences(): Iterable<FeedAudience> {
    return this.byAddress.values();
  }

  /** @returns why not, where the plugin refuses. @throws HttpError where it does not answer */
  async connect(
    found: FoundFeed,
    call: Omit<FeedCall, 'feed' | 'position'>,
    outlet: ServerSentEvents,
  ): Promise<EdgeReply | undefined> {
    const connection = new FeedConnection(found.params, outlet);
    const leave = this.join(this.audienceOf(found, call.communityId), connection);
    outlet.onClose(leave);
    try {
      await this.followed();
      const feed = found.feed.path;
      const opened = await this.openings.run(() => this.open({ ...call, feed }, connection));
      if ('opening' in opened) return void connection.begin(opened.opening);
      leave();
      return opened.refusal;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const audience of this.audiences) audience.end();
    const consumer = await this.following.catch(() => undefined);
    await consumer?.stop();
  }

  private open(call: Omit<FeedCall, 'position'>, connection: FeedConnection): Promise<FeedOpened> {
    const { plugin, caller } = this.options;
    if (connection.hasEnded)
      throw new HttpError(503, 'PLUGIN_UNAVAILABLE', 'It ended before it was opened. Try again.');
    return caller.open(plugin, { ...call, position: this.position.toString() });
  }

  private audienceOf({ feed }: FoundFeed, communityId: string): FeedAudience {
    const address = `${communityId}/${feed.path}`;
    const audience = this.byAddress.get(address) ?? new FeedAudience(feed, communityId);
    this.byAddress.set(address, audience);
    return audience;
  }

  /** @returns how to leave; a second time it changes nothing */
  private join(audience: FeedAudience, connection: FeedConnection): () => void {
    audience.connections.add(connection);
    return () => {
      connection.end();
      if (!audience.connections.delete(connection) || audience.connections.size > 0) return;
      this.byAddress.delete(`${audience.communityId}/${audience.feed.path}`);
      if (this.byAddress.size === 0) this.options.onEmpty();
    };
  }

  private async followed(): Promise<void> {
    try {
      await this.following;
    } catch {
      const { plugin } = this.options;
      throw new HttpError(503, 'PLUGIN_UNAVAILABLE', `The service of ${plugin} does not answer. Try again.`);
    }
  }

  private follow(): Promise<Consumer> {
    const { bus, plugin, report } = this.options;
    const from = (position: bigint): void => void (this.position = position);
    return followPlugin(bus, plugin, from, (event) => this.handle(event), report);
  }

  /** The position comes first: whoever joins after the audiences were looked at must be told of this event at the opening. */
  private async handle(event: ConsumedEvent): Promise<void> {
    this.position = event.position;
    const wanting = [...this.audiences].filter((audience) => audience.wants(event));
    await Promise.all(wanting.map((audience) => this.tell(audience, event)));
  }

  private async tell(audience: FeedAudience, { position, metadata, ...event }: ConsumedEvent): Promise<void> {
    const { plugin, caller, report } = this.options;
    const { feed, communityId } = audience;
    const told = { ...event, position: position.toString(), communityId };
    try {
      const { messages } = await caller.tell(plugin, { feed: feed.path, event: told });
      if (!messages) throw new Error(`${plugin} cannot tell ${feed.path} of ${event.type} yet`);
      audience.tell(position, messages);
    } catch (error) {
      if (!(error instanceof BusError && FOR_GOOD.has(error.code))) throw error;
      report(`${feed.path} of ${plugin} breaks on ${event.type} at position ${position}`, error);
      audience.tell(position, []);
      audience.end();
    }
  }
}
