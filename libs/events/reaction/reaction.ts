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
  react(event: Followed<Event>): readonly Intent[];
}

/** Whose event it is; undefined for the plugin's own. */
export const publisherOf = (type: string): string | undefined =>
  type.includes('.') ? type.slice(0, type.indexOf('.')) : undefined;
