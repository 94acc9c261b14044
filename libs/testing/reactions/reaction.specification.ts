import type { DomainEvent, Followed, Intent, Reaction } from '@weinao/events';
import { expectIntents } from './intents.expectation.ts';
import { deepFreeze } from '../deciders/frozen.ts';
import { recorded } from '../projections/recorded.builder.ts';
import type { RecordedWhere } from '../projections/recorded.builder.ts';

export interface GivenReaction {
  /** Exactly these intents, in this order. */
  then(...expected: readonly Intent[]): void;
  thenNothing(): void;
}

export interface ReactionSpecification<Event extends DomainEvent> {
  /** @throws Error for an event that the reaction does not follow */
  given(event: Event, where?: RecordedWhere): GivenReaction;
}

/**
 * Given this event, then these intents. On the way it proves that the reaction follows the event, changes nothing of it,
 * wants the same when it is asked again, and asks in plain JSON.
 */
export function reaction<Event extends DomainEvent>(subject: Reaction<Event>): ReactionSpecification<Event> {
  return {
    given: (event, where) => {
      const { name, follows } = subject;
      if (!follows.includes(event.type)) {
        throw new Error(`${name} does not follow ${event.type}, only ${follows.join(', ')}`);
      }
      const happened = deepFreeze(recorded<DomainEvent>(event, where)) as unknown as Followed<Event>;
      const then = (...expected: readonly Intent[]): void =>
        expectIntents(() => subject.react(happened), expected);
      return { then, thenNothing: () => then() };
    },
  };
}
