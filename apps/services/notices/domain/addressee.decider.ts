import { fingerprint } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { AddresseeEvent, AddresseeTraits } from './addressee.events.ts';

export type AddresseeCommand =
  /** Somebody moved in, or what is known changed: what is left out stays. */
  | { readonly type: 'NoteAddressee'; readonly traits: Partial<AddresseeTraits> }
  | { readonly type: 'LetAddresseeGo' };

export interface AddresseeState {
  readonly traits: AddresseeTraits | null;
}

const NOTHING_KNOWN: AddresseeTraits = { building: null, birthDate: null, tags: [] };

/** A resident as far as notices have to know; another plugin's word is never refused. */
export const addresseeDecider: Decider<AddresseeState, AddresseeCommand, AddresseeEvent> = {
  category: 'addressee',
  initial: { traits: null },

  decide(command, { traits }) {
    if (command.type === 'LetAddresseeGo') return traits ? [{ type: 'AddresseeLeft', data: {} }] : [];
    const noted = { ...(traits ?? NOTHING_KNOWN), ...command.traits };
    if (traits && fingerprint(traits) === fingerprint(noted)) return [];
    return [{ type: 'AddresseeNoted', data: noted }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'AddresseeNoted':
        return { traits: event.data };
      case 'AddresseeLeft':
        return { traits: null };
      default:
        return state;
    }
  },
};
