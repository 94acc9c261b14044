import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { PassedOver } from './passed-over.ts';
import { NotNow } from './reaction.ts';
import type { Followed, LookupReaction, Reaction } from './reaction.ts';
import type { Communities } from '../decision/communities.ts';
import { inTurn } from '../decision/in-turn.ts';
import { Fault, streamOf } from '../decision/intent.ts';
import type { Intent, IntentHandler, IntentReporter } from '../decision/intent.ts';
import { park, parkedStreams } from '../parking/parking.ts';
import { MOST_TRIES } from '../parking/tries.ts';
import { LazyCheckpoint } from '../projection/lazy-checkpoint.ts';
import { oneAtATime } from '../projection/one-at-a-time.ts';

export interface ReactionHandlerOptions {
  readonly plugin: string;
  readonly reaction: Reaction | LookupReaction;
  /** Name of the checkpoint. */
  readonly subscriber: string;
  readonly pool: Pool;
  readonly intents: IntentHandler;
  readonly communities: Communities;
  readonly report: IntentReporter;
}

const FIRST_PAUSE_MS = 20;
/** How many events are reacted to at once; beyond that the plugin's other readers would wait for connections. */
const MOST_AT_ONCE = 64;

/** What was passed over in this community comes before what is new there. */
class SomethingComesFirst extends Error {
  override readonly name = 'SomethingComesFirst';

  constructor(readonly community: string) {
    super(`What was passed over in ${community} comes first`);
  }
}

/** What one reaction makes of the events of one log: its commands first, then the checkpoint; a repeat changes nothing. */
export class ReactionHandler {
  private readonly checkpoint: LazyCheckpoint;
  private readonly follows: ReadonlySet<string>;
  private readonly passedOver: PassedOver;
  private parked = new Set<string>();
  /** Of the last event that it reacted to. */
  private handled = 0n;
  /** While it catches up with communities: all others are handled up to here. */
  private return: { readonly until: bigint; readonly communities: Set<string> } | undefined;
  /** The checkpoint was set back since it was loaded: what is in hand must not move it on. */
  private setBack = false;

  constructor(private readonly options: ReactionHandlerOptions) {
    const { pool, plugin, subscriber, reaction } = options;
    this.checkpoint = new LazyCheckpoint(plugin, subscriber);
    this.passedOver = new PassedOver(pool, plugin, subscriber);
    this.follows = new Set(reaction.follows);
  }

  /** @returns the position after which to go on */
  async load(): Promise<bigint> {
    const { pool, plugin, subscriber } = this.options;
    const parked = await parkedStreams(pool, plugin, subscriber);
    if (![...this.parked].every((stream) => parked.has(stream))) this.return = undefined; // one is tried again
    this.parked = parked;
    this.setBack = false;
    await this.passedOver.load();
    if (await this.returnToEnabled()) await this.passedOver.load();
    return (await this.checkpoint.load(pool)).position;
  }

  /** Looks where the plugin was turned on since something was passed over. @returns whether it has to load again */
  async returnToEnabled(): Promise<boolean> {
    const enabled = await this.options.communities.enabled();
    const back = enabled.filter((community) => this.passedOver.has(community));
    if (back.length > 0) await this.returnTo(back);
    return back.length > 0;
  }

  /** Reacts to those that it follows, in the order of each stream. @returns false when it has to load again */
  async take(events: readonly Followed[]): Promise<boolean> {
    if (await this.isAnyUnparked()) return false;
    const followed = events.filter((event) => this.follows.has(event.type) && !this.isHandled(event));
    try {
      for (let from = 0; from < followed.length; from += MOST_AT_ONCE) {
        const some = followed.slice(from, from + MOST_AT_ONCE);
        await inTurn(some.map((event) => ({ keys: this.streamsOf(event), run: () => this.reactTo(event) })));
      }
    } catch (error) {
      if (!(error instanceof SomethingComesFirst)) throw error;
      await this.returnTo([error.community]);
      return false;
    }
    return oneAtATime(this, () => this.moveOn(events.at(-1)!.position, followed.length > 0));
  }

  private async moveOn(position: bigint, worked: boolean): Promise<boolean> {
    if (this.setBack) return false;
    this.handled = position;
    if (this.return && position >= this.return.until) this.return = undefined;
    return this.checkpoint.moveTo(this.options.pool, position, worked);
  }

  private isHandled({ position, metadata: { communityId } }: Followed): boolean {
    return (
      this.return !== undefined && position <= this.return.until && !this.return.communities.has(communityId)
    );
  }

  private returnTo(communities: readonly string[]): Promise<void> {
    return oneAtATime(this, async () => {
      await this.passedOver.returnTo(communities);
      this.setBack = true;
      const others = this.return?.communities ?? [];
      const until = this.return?.until ?? this.handled;
      this.return = { until, communities: new Set([...others, ...communities]) };
    });
  }

  /** Whoever takes a stream out of parking moves the checkpoint back, which a lazy one would not notice by itself. */
  private async isAnyUnparked(): Promise<boolean> {
    const { pool, plugin, subscriber } = this.options;
    if (this.parked.size === 0) return false;
    const parked = await parkedStreams(pool, plugin, subscriber);
    return [...this.parked].some((stream) => !parked.has(stream));
  }

  /** Of the event and of its commands: what concerns the same thing happens in the log's order. */
  private streamsOf(event: Followed): string[] {
    const { communityId } = event.metadata;
    const { reaction } = this.options;
    if ('look' in reaction) return ['whatever it finds'];
    try {
      return [
        `from ${event.stream}`,
        ...reaction.react(event).map((one) => `to ${streamOf(one, communityId)}`),
      ];
    } catch {
      return [`from ${event.stream}`]; // reacting to it will say what is wrong
    }
  }

  private async reactTo(event: Followed): Promise<void> {
    for (let tries = 1; !this.parked.has(event.stream); tries++) {
      try {
        return await this.execute(event);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        if (tries === MOST_TRIES) await this.park(event, error);
        else await setTimeout(FIRST_PAUSE_MS * 2 ** tries);
      }
    }
  }

  private async execute(event: Followed): Promise<void> {
    const { plugin, reaction, communities, intents } = this.options;
    const { communityId, correlationId } = event.metadata;
    const settings = await communities.settingsOf(communityId);
    if (!settings) {
      if (!reaction.fleeting) await this.passedOver.note(communityId, event.position);
      return;
    }
    if (this.passedOver.has(communityId)) throw new SomethingComesFirst(communityId);
    for (const [index, intent] of (await this.intentsOf(event)).entries()) {
      await intents.handle(intent, {
        id: event.id,
        commandIdParts: ['reaction', plugin, reaction.name, event.id, index],
        communityId,
        actor: { id: `reaction:${plugin}.${reaction.name}`, permissions: [] },
        correlationId,
        settings,
      });
    }
  }

  private async intentsOf(event: Followed): Promise<readonly Intent[]> {
    const { reaction } = this.options;
    try {
      return 'look' in reaction ? await reaction.look(event) : reaction.react(event);
    } catch (error) {
      if (error instanceof NotNow) throw error;
      throw new Fault(`react to ${event.type}`, error);
    }
  }

  private async park({ stream, position, id: eventId, type }: Followed, error: Fault): Promise<void> {
    const { pool, plugin, subscriber, report } = this.options;
    await park(pool, plugin, { subscriber, stream, position, eventId, error });
    this.parked.add(stream);
    report(`${subscriber} cannot handle ${type} at position ${position}; it passes over ${stream}`, error);
  }
}
