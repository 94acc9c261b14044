import { expect } from '@jest/globals';
import type { DomainEvent, Followed, Intent } from '@weinao/events';
import type { LookingReaction } from '@weinao/plugins';
import { read } from './intents.expectation.ts';
import { deepFreeze } from '../deciders/frozen.ts';
import { recorded } from '../projections/recorded.builder.ts';
import type { RecordedWhere } from '../projections/recorded.builder.ts';

export interface GivenLookingReaction {
  /** Exactly these intents, in this order. */
  then(...expected: readonly Intent[]): Promise<void>;
}

/** Given this event, and what the reader finds, then these intents. */
export function lookingReaction<Event extends DomainEvent, Reader>(
  subject: LookingReaction<Event, Reader>,
  reader: Pick<Reader, keyof Reader>,
): { given(event: Event, where?: RecordedWhere): GivenLookingReaction } {
  return {
    given: (event, where) => ({
      async then(...expected) {
        expect(subject.follows).toContain(event.type);
        const happened = deepFreeze(recorded<DomainEvent>(event, where)) as unknown as Followed<Event>;
        const intents = (await subject.react(happened, reader as Reader)).map(read);
        expect(JSON.parse(JSON.stringify(intents))).toEqual(intents);
        expect(intents).toEqual(expected.map(read));
      },
    }),
  };
}
