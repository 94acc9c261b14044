import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { FoundThingEvent } from './found-thing.events.ts';

export type FoundThingCommand =
  | { readonly type: 'ReportFoundThing'; readonly what: string; readonly place: string }
  | { readonly type: 'ClaimFoundThing'; readonly proof: string }
  | { readonly type: 'HandOutFoundThing' };

export type FoundThingStatus = 'KEPT' | 'CLAIMED' | 'HANDED_OUT';

export interface FoundThingState {
  /** Null before it is reported. */
  readonly status: FoundThingStatus | null;
  readonly claimedBy: string | null;
}

export const foundThingDecider: Decider<FoundThingState, FoundThingCommand, FoundThingEvent> = {
  category: 'found-thing',
  initial: { status: null, claimedBy: null },

  decide(command, state, { actor }) {
    if (command.type === 'ReportFoundThing') {
      const { what, place } = command;
      return [{ type: 'FoundThingReported', data: { what, place, reportedBy: actor.id } }];
    }
    if (state.status === null) reject('NOT_FOUND', 'There is no such thing here.');
    if (state.status === 'HANDED_OUT') reject('ALREADY_HANDED_OUT', 'This was handed out already.');
    switch (command.type) {
      case 'ClaimFoundThing':
        return claim(command.proof, state, actor.id);
      case 'HandOutFoundThing':
        return handOut(state, actor.id);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'FoundThingReported':
        return { status: 'KEPT', claimedBy: null };
      case 'FoundThingClaimed':
        return { status: 'CLAIMED', claimedBy: event.data.claimedBy };
      case 'FoundThingHandedOut':
        return { ...state, status: 'HANDED_OUT' };
      default:
        return state;
    }
  },
};

function claim(proof: string, { claimedBy }: FoundThingState, by: string): FoundThingEvent[] {
  if (claimedBy === by) return [];
  if (claimedBy !== null) reject('ALREADY_CLAIMED', 'Somebody else has claimed this.');
  return [{ type: 'FoundThingClaimed', data: { claimedBy: by, proof } }];
}

/** Whoever keeps it has looked at the proof. */
function handOut({ claimedBy }: FoundThingState, by: string): FoundThingEvent[] {
  if (claimedBy === null) reject('NOT_CLAIMED', 'Nobody has claimed this yet.');
  return [{ type: 'FoundThingHandedOut', data: { to: claimedBy, by } }];
}
