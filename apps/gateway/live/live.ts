import type { Bus } from '@weinao/events';
import { isEnabledIn, permissionsOf } from '@weinao/plugins';
import type {
  AnnouncedLive,
  Announcement,
  CommunityDirectory,
  DirectoryEntry,
  Viewer,
} from '@weinao/plugins';
import { PluginLive } from './plugin.live.ts';
import { fieldOf, queryFor, wantedThing } from './subscription.ts';
import type { Subscription } from './subscription.ts';
import type { LiveGroup, LiveQuestion } from './live.group.ts';
import type { LiveOutlet } from './live.outlet.ts';
import { SubscriptionLimit } from './subscription.limit.ts';
import type { Doors } from '../composition/doors.ts';
import { HttpError } from '../http/http-error.ts';

export interface Subscriber {
  readonly viewer: Viewer;
  /** Position of the last event that it was told of; undefined where it begins. */
  readonly after: bigint | undefined;
  readonly outlet: LiveOutlet;
}

/** That one person has open in one community, at each gateway. */
export const MOST_SUBSCRIPTIONS = 200;

/** Everybody who is subscribed to a live field here, whichever plugin's. */
export class Live {
  private readonly plugins = new Map<string, PluginLive>();
  private beats: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;
  private stopped = false;
  private readonly limit: SubscriptionLimit;

  constructor(
    private readonly bus: Bus,
    private readonly directory: CommunityDirectory,
    private readonly doors: Doors,
    private readonly report: (message: string, error?: unknown) => void,
    private readonly heartbeatMs: number,
    mostSubscriptions: number,
  ) {
    this.limit = new SubscriptionLimit(mostSubscriptions);
  }

  start(): void {
    this.stopListening = this.directory.onChange(() => this.completeWhatIsOff());
    this.beats = setInterval(() => this.beat(), this.heartbeatMs);
  }

  /** Opens the outlet, which is told of every change from then on. @throws HttpError before it is open */
  async subscribe(
    subscription: Subscription,
    subscriber: Subscriber,
    community: DirectoryEntry,
  ): Promise<void> {
    if (this.stopped) throw new HttpError(503, 'PLUGIN_UNAVAILABLE', 'The gateway stops. Subscribe again.');
    const giveBack = this.limit.take(community.id, subscriber.viewer.id);
    try {
      const question = await this.questionOf(subscription, subscriber.viewer, community);
      await this.begin(question, subscriber, giveBack);
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    clearInterval(this.beats);
    await Promise.all([...this.plugins.values()].map((live) => live.stop()));
  }

  /** @throws HttpError for what does not fit the schema, and for who may not */
  private async questionOf(
    subscription: Subscription,
    viewer: Viewer,
    community: DirectoryEntry,
  ): Promise<LiveQuestion> {
    const { supergraph } = await this.doors.ofCommunity(community);
    const field = fieldOf(subscription, supergraph.apiSchema);
    const { plugin, live } = this.find(field.name.value, community);
    if (!permissionsOf(plugin.manifest, viewer.roles).includes(live.permission))
      throw new HttpError(403, 'FORBIDDEN', `This needs the permission ${live.permission}.`);
    return {
      ...{ communityId: community.id, plugin: plugin.manifest.id, live, viewer },
      query: queryFor(subscription, field, live),
      variables: subscription.variables,
      wanted: wantedThing(subscription, field, live, supergraph.apiSchema),
    };
  }

  private async begin(
    question: LiveQuestion,
    { outlet, after }: Subscriber,
    giveBack: () => void,
  ): Promise<void> {
    const changes = await this.following(question.plugin);
    if (outlet.isClosed) return giveBack();
    const { leave, opened } =
      after === undefined
        ? { leave: changes.join(question, outlet), opened: undefined }
        : changes.resume(question, outlet, after);
    outlet.onClose(() => {
      leave();
      giveBack();
    });
    try {
      await opened;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** The last one who leaves while somebody waits here takes its follower along: then there is a new one. */
  private async following(plugin: string): Promise<PluginLive> {
    for (;;) {
      const live = this.plugins.get(plugin) ?? this.follow(plugin);
      try {
        await live.followed();
      } catch (error) {
        this.plugins.delete(plugin); // the next one who subscribes tries again
        this.report(`${plugin} cannot be followed`, error);
        const message = `The service of ${plugin} does not answer at the moment. Try again.`;
        throw new HttpError(503, 'PLUGIN_UNAVAILABLE', message);
      }
      if (this.plugins.get(plugin) === live) return live;
    }
  }

  private follow(plugin: string): PluginLive {
    const { bus, report } = this;
    const live = new PluginLive({
      ...{ plugin, bus, report },
      doorOf: (communityId) => this.doors.ofCommunity(this.directory.community(communityId)!),
      onEmpty: () => this.forget(plugin, live),
    });
    this.plugins.set(plugin, live);
    return live;
  }

  private find(name: string, community: DirectoryEntry): { plugin: Announcement; live: AnnouncedLive } {
    for (const plugin of this.directory.plugins()) {
      const live = plugin.live?.find(({ field }) => field === name);
      if (live && isEnabledIn(community, plugin.manifest)) return { plugin, live };
    }
    throw new HttpError(400, 'GRAPHQL_VALIDATION_FAILED', `Nothing tells of ${name} here.`);
  }

  private completeWhatIsOff(): void {
    for (const { groups } of this.plugins.values()) {
      for (const group of groups) if (!this.isOn(group)) group.complete();
    }
  }

  private isOn({ question: { plugin, live, communityId } }: LiveGroup): boolean {
    const announced = this.directory.plugin(plugin);
    const community = this.directory.community(communityId);
    if (!announced?.live?.some(({ field }) => field === live.field) || !community) return false;
    return isEnabledIn(community, announced.manifest);
  }

  private beat(): void {
    for (const { groups } of this.plugins.values()) for (const group of groups) group.beat();
  }

  /** Nobody listens to its events any more. */
  private forget(plugin: string, live: PluginLive): void {
    if (this.plugins.get(plugin) === live) this.plugins.delete(plugin);
    void live.stop();
  }
}
