import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { addresseeDecider } from '../domain/addressee.decider.ts';
import type { AddresseeTraits } from '../domain/addressee.events.ts';

type ResidentEvent =
  | { readonly type: 'residents.ResidentRegistered'; readonly data: Partial<AddresseeTraits> }
  | { readonly type: 'residents.ResidentAmended'; readonly data: Partial<AddresseeTraits> }
  | { readonly type: 'residents.ResidentMovedOut'; readonly data: object };

/** Who lives here, as far as an audience asks for it; names and phones stay where they are. */
export const residentReaction: Reaction<ResidentEvent> = {
  name: 'resident',
  follows: ['residents.ResidentRegistered', 'residents.ResidentAmended', 'residents.ResidentMovedOut'],

  react(event) {
    const id = idOfStream(event.stream);
    if (event.type === 'residents.ResidentMovedOut')
      return [intent(addresseeDecider, id, { type: 'LetAddresseeGo' })];
    const { building, birthDate, tags } = event.data;
    const traits = {
      ...(building !== undefined && { building }),
      ...(birthDate !== undefined && { birthDate }),
      ...(tags !== undefined && { tags }),
    };
    return [intent(addresseeDecider, id, { type: 'NoteAddressee', traits })];
  },
};
