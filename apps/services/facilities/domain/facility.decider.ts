import { fingerprint, reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { FacilityDetails, FacilityEvent } from './facility.events.ts';

export type FacilityCommand =
  | { readonly type: 'RegisterFacility'; readonly details: FacilityDetails }
  /** Registers what nobody knows, and amends what is known by its id. */
  | { readonly type: 'ImportFacility'; readonly details: FacilityDetails };

export interface FacilityState {
  readonly details: FacilityDetails | null;
}

export const facilityDecider: Decider<FacilityState, FacilityCommand, FacilityEvent> = {
  category: 'facility',
  initial: { details: null },

  decide({ type, details }, known) {
    if (!known.details) return [{ type: 'FacilityRegistered', data: details }];
    if (type === 'RegisterFacility') reject('CONFLICT', 'There is a facility with this id already.');
    if (fingerprint(known.details) === fingerprint(details)) return [];
    return [{ type: 'FacilityAmended', data: details }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'FacilityRegistered':
      case 'FacilityAmended':
        return { details: event.data };
      default:
        return state;
    }
  },
};
