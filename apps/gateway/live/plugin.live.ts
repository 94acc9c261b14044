import { CompositionFailed } from '@weinao/composition';
import type { Bus, Consumer, ConsumedEvent } from '@weinao/events';
import { LiveGroup } from './live.group.ts';
import type { LiveQuestion } from './live.group.ts';
import type { DoorServer } from '../composition/door.server.ts';
import { followPlugin } from '../edges/follow-plugin.ts';
import type { ServerSentEvents } from '../edges/server-sent-events.ts';

export interface PluginLiveOptions {
  readonly plugin: string;
  readonly bus: Bus;
  /** @throws CompositionFailed */
  doorOf(communityId: string): Promise<DoorServer>;
  report(message: string, error?: unknown): void;
}

/** Everybody who is subscribed to live fields of one plugin, while there is anybody. */
export class PluginLive {
  private readonly byQuestion = new Map<string, LiveGroup>();
  private readonly following: Promise<Consumer>;

  constructor(private readonly options: PluginLiveOptions) {
    const { bus, plugin, report } = options;
    const handle = (event: ConsumedEvent): Promise<void> => this.handle(event);
    this.following = followPlugin(bus, plugin, () => undefined, handle, report);
  }

  get isEmpty(): boolean {
    return this.byQuestion.size === 0;
  }

  get groups(): Iterable<LiveGroup> {
    return this.byQuestion.values();
  }

  /** Resolves once every later event will be told. @throws BusError where the plugin does not answer */
  async followed(): Promise<void> {
    await this.following;
  }

  /** @returns how to leave */
  join(question: LiveQuestion, outlet: ServerSentEvents): () => void {
    const key = JSON.stringify(question);
    const group = this.byQuestion.get(key) ?? new LiveGroup(question);
    this.byQuestion.set(key, group);
    group.outlets.add(outlet);
    return () => {
      group.outlets.delete(outlet);
      if (group.outlets.size === 0 && this.byQuestion.get(key) === group) this.byQuestion.delete(key);
    };
  }

  async stop(): Promise<void> {
    for (const group of this.groups) group.complete();
    const consumer = await this.following.catch(() => undefined);
    await consumer?.stop();
  }

  private async handle(event: ConsumedEvent): Promise<void> {
    const wanting = [...this.groups].filter((group) => group.wants(event));
    if (wanting.length === 0) return;
    const door = await this.doorOf(event.metadata.communityId);
    if (door) await Promise.all(wanting.map((group) => group.tell(event, door)));
    else for (const group of wanting) group.complete();
  }

  /** Undefined where the community's plugins do not fit together any more: nobody else's updates wait for that. */
  private async doorOf(communityId: string): Promise<DoorServer | undefined> {
    try {
      return await this.options.doorOf(communityId);
    } catch (error) {
      if (!(error instanceof CompositionFailed)) throw error;
      this.options.report(
        `${communityId} has no schema; its subscriptions to ${this.options.plugin} end`,
        error,
      );
      return undefined;
    }
  }
}
