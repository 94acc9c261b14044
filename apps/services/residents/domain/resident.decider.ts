import { fingerprint, reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { ResidentDetails, ResidentEvent } from './resident.events.ts';

export type ResidentCommand =
  | ({ readonly type: 'RegisterResident' } & ResidentDetails)
  | { readonly type: 'AmendResident'; readonly changes: Partial<ResidentDetails> }
  | { readonly type: 'MoveResidentOut' }
  /** Registers whom nobody knows, and amends who is known by what the list says. */
  | {
      readonly type: 'ImportResident';
      readonly details: Partial<ResidentDetails> & Pick<ResidentDetails, 'name'>;
    };

export interface ResidentState {
  /** Null before the registration and after moving out. */
  readonly details: ResidentDetails | null;
}

const NOTHING_KNOWN = {
  birthDate: null,
  phone: null,
  building: null,
  unit: null,
  room: null,
  livesAlone: null,
  tags: [],
} as const;

export const residentDecider: Decider<ResidentState, ResidentCommand, ResidentEvent> = {
  category: 'resident',
  initial: { details: null },

  decide(command, { details }) {
    switch (command.type) {
      case 'RegisterResident': {
        if (details) reject('CONFLICT', 'There is a resident with this id already.');
        const { type: _type, ...registered } = command;
        return [{ type: 'ResidentRegistered', data: registered }];
      }
      case 'AmendResident':
        return amended(details ?? unknown(), command.changes);
      case 'MoveResidentOut':
        return details ? [{ type: 'ResidentMovedOut', data: {} }] : unknown();
      case 'ImportResident':
        if (details) return amended(details, command.details);
        return [{ type: 'ResidentRegistered', data: { ...NOTHING_KNOWN, ...command.details } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ResidentRegistered':
        return { details: event.data };
      case 'ResidentAmended':
        return { details: state.details && { ...state.details, ...event.data } };
      case 'ResidentMovedOut':
        return { details: null };
      default:
        return state;
    }
  },
};

const unknown = (): never => reject('NOT_FOUND', 'There is no such resident here.');

function amended(details: ResidentDetails, given: Partial<ResidentDetails>): ResidentEvent[] {
  const known = details as unknown as Readonly<Record<string, unknown>>;
  const changes = Object.entries(given).filter(
    ([field, value]) => value !== undefined && fingerprint(known[field] ?? null) !== fingerprint(value),
  );
  if (changes.length === 0) return [];
  return [{ type: 'ResidentAmended', data: Object.fromEntries(changes) }];
}
