import { expect } from '@jest/globals';
import type { DomainEvent, Followed, Intent } from '@weinao/events';
import type { DirectoryEntry, LookingReaction } from '@weinao/plugins';
import { read } from './intents.expectation.ts';
import { deepFreeze } from '../deciders/frozen.ts';
import { recorded } from '../projections/recorded.builder.ts';
import type { RecordedWhere } from '../projections/recorded.builder.ts';

export interface GivenLookingReaction {
  /** Exactly these intents, in this order. */
  then(...expected: readonly Intent[]): Promise<void>;
}

/** Where specifications happen, with nothing enabled unless they say so. */
const SUNSHINE: DirectoryEntry = {
  id: 'sunshine',
  name: '阳光社区',
  timeZone: 'Asia/Shanghai',
  plugins: new Map(),
};

/** Given this event, and what the reader finds, then these intents. */
export function lookingReaction<Event extends DomainEvent, Reader>(
  subject: LookingReaction<Event, Reader>,
  reader: Pick<Reader, keyof Reader>,
  community: DirectoryEntry = SUNSHINE,
): { given(event: Event, where?: RecordedWhere): GivenLookingReaction } {
  return {
    given: (event, where) => ({
      async then(...expected) {
        expect(subject.follows).toContain(event.type);
        const happened = deepFreeze(recorded<DomainEvent>(event, where)) as unknown as Followed<Event>;
        const intents = (await subject.react(happened, reader as Reader, community)).map(read);
        expect(JSON.parse(JSON.stringify(intents))).toEqual(intents);
        expect(intents).toEqual(expected.map(read));
      },
    }),
  };
}
