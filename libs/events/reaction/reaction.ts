import type { Intent } from '../decision/intent.ts';
import type { DomainEvent, EventMetadata } from '../event.ts';

/** An event that a reaction follows; `type` is as in `follows`. */
export type Followed<Event extends DomainEvent = DomainEvent> = Event extends DomainEvent
  ? {
      readonly id: string;
      readonly type: Event['type'];
      readonly at: string;
      readonly data: Event['data'];
      readonly stream: string;
      /** In the log of the plugin that it comes from. */
      readonly position: bigint;
      readonly metadata: Pick<EventMetadata, 'communityId' | 'actorId' | 'correlationId'>;
    }
  : never;

/**
 * Event in, commands out, as a pure function: the same event leads to the same intents, in the same order, whenever it is
 * asked. Where a thing stands by then is for the decider to judge.
 */
export interface Reaction<Event extends DomainEvent = DomainEvent> {
  /** Part of the commands' ids: another name is another reaction, which begins with the first event. */
  readonly name: string;
  /** `TicketOpened` of its own plugin, `devices.SmokeDetected` of another. */
  readonly follows: readonly Event['type'][];
  /**
   * What happens while the plugin is off in a community is over when it is turned on. Otherwise the reaction catches up
   * with it then, before it reacts to anything newer there.
   */
  readonly fleeting?: boolean;
  react(event: Followed<Event>): readonly Intent[];
}

/**
 * A reaction that has to look something up before it knows what it wants. One event at a time, in the log's order.
 *
 * Asked again after a crash it may want something else, because the world has moved. That does no harm: the command's id is
 * the same, so the first one counts, and the second is dropped. This holds for each place in the list by itself; therefore
 * let an event lead to one intent that holds all that was found, rather than to one for each find.
 */
export interface LookupReaction<Event extends DomainEvent = DomainEvent> extends Pick<
  Reaction<Event>,
  'name' | 'follows' | 'fleeting'
> {
  /** @throws NotNow to be asked again for as long as it takes; any other error is the event's fault */
  look(event: Followed<Event>): Promise<readonly Intent[]>;
}

/** What is looked up cannot be told at the moment; the event is not to blame. */
export class NotNow extends Error {
  override readonly name = 'NotNow';

  constructor(cause: unknown) {
    super((cause as Partial<Error> | undefined)?.message, { cause });
  }
}

/** Whose event it is; undefined for the plugin's own. */
export const publisherOf = (type: string): string | undefined =>
  type.includes('.') ? type.slice(0, type.indexOf('.')) : undefined;
