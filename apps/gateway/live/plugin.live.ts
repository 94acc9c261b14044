import { CompositionFailed } from '@weinao/composition';
import { Turnstile } from '@weinao/events';
import type { Bus, Consumer, ConsumedEvent } from '@weinao/events';
import { CatchUp } from './catch-up.ts';
import { LiveGroup } from './live.group.ts';
import type { LiveQuestion } from './live.group.ts';
import type { LiveOutlet } from './live.outlet.ts';
import { missedEvents } from './missed.events.ts';
import type { DoorServer } from '../composition/door.server.ts';
import { followPlugin } from '../edges/follow-plugin.ts';

export interface PluginLiveOptions {
  readonly plugin: string;
  readonly bus: Bus;
  /** @throws CompositionFailed */
  doorOf(communityId: string): Promise<DoorServer>;
  /** Called when nobody is left. */
  onEmpty(): void;
  report(message: string, error?: unknown): void;
}

/** Nobody else waits long while all come back at once. */
const MOST_CATCH_UPS_AT_ONCE = 16;

/** Everybody who is subscribed to live fields of one plugin, while there is anybody. */
export class PluginLive {
  private readonly byQuestion = new Map<string, LiveGroup>();
  private readonly following: Promise<Consumer>;
  private readonly catchUps = new Turnstile(MOST_CATCH_UPS_AT_ONCE);

  constructor(private readonly options: PluginLiveOptions) {
    const { bus, plugin, report } = options;
    const handle = (event: ConsumedEvent): Promise<void> => this.handle(event);
    this.following = followPlugin(bus, plugin, () => undefined, handle, report);
  }

  get groups(): Iterable<LiveGroup> {
    return this.byQuestion.values();
  }

  /** Resolves once every later event will be told. @throws BusError where the plugin does not answer */
  async followed(): Promise<void> {
    await this.following;
  }

  /** Opens the outlet, which is told of what happens from then on. @returns how to leave */
  join(question: LiveQuestion, outlet: LiveOutlet): () => void {
    const group = this.groupOf(question);
    group.listeners.set(outlet, 0n);
    outlet.open();
    return () => {
      group.listeners.delete(outlet);
      this.forgetEmpty(group);
    };
  }

  /**
   * Opens the outlet, which is told of what happened after a position, and then of what happens.
   *
   * @returns how to leave, and a promise that is rejected with an HttpError where it cannot be resumed
   */
  resume(
    question: LiveQuestion,
    outlet: LiveOutlet,
    after: bigint,
  ): { readonly leave: () => void; readonly opened: Promise<void> } {
    const group = this.groupOf(question);
    const newest = group.catchUps.get(after);
    const catchUp = newest?.takesMore ? newest : this.beginCatchUp(group, after, newest?.finished);
    const leaveCatchUp = catchUp.add(outlet);
    const leave = (): void => {
      leaveCatchUp();
      group.listeners.delete(outlet);
      this.forgetEmpty(group);
    };
    return { leave, opened: catchUp.opened };
  }

  async stop(): Promise<void> {
    for (const group of this.groups) group.complete();
    const consumer = await this.following.catch(() => undefined);
    await consumer?.stop();
  }

  private groupOf(question: LiveQuestion): LiveGroup {
    const key = JSON.stringify(question);
    const group = this.byQuestion.get(key) ?? new LiveGroup(question);
    this.byQuestion.set(key, group);
    return group;
  }

  private forgetEmpty(group: LiveGroup): void {
    const key = JSON.stringify(group.question);
    if (group.listeners.size > 0 || this.byQuestion.get(key) !== group) return;
    this.byQuestion.delete(key);
    if (this.byQuestion.size === 0) this.options.onEmpty();
  }

  /**
   * It listens before it reads: what comes after what it read, it hears.
   *
   * @param before where some are caught up with from the same position: meanwhile it gathers all who come
   */
  private beginCatchUp(group: LiveGroup, after: bigint, before?: Promise<void>): CatchUp {
    const { bus, plugin, report, doorOf } = this.options;
    const thingOf = (event: ConsumedEvent): string | undefined => group.thingIn(event);
    const catchUp = new CatchUp({
      read: async () => {
        await before;
        return this.catchUps.run(() => missedEvents({ bus, plugin, after, thingOf }));
      },
      ask: async (event) => group.ask(event, await doorOf(group.question.communityId)),
      join: (outlet, from) => void group.listeners.set(outlet, from),
      report,
    });
    group.listeners.set(catchUp, 0n);
    group.catchUps.set(after, catchUp);
    void catchUp.finished.then(() => {
      group.listeners.delete(catchUp);
      if (group.catchUps.get(after) === catchUp) group.catchUps.delete(after);
      this.forgetEmpty(group);
    });
    return catchUp;
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
