import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { ErrandEvent } from './errand.events.ts';
import { spoiled } from './spoiled.events.ts';

export type ErrandCommand =
  | { readonly type: 'OpenErrand'; readonly title: string }
  /** Leaves as many events as it has parts. */
  | { readonly type: 'NoteErrand'; readonly text: string; readonly parts: number }
  /** Has a fault, of one of the kinds of `WAYS_TO_SPOIL`. */
  | { readonly type: 'SpoilErrand'; readonly how: string };

export interface ErrandState {
  readonly title?: string;
  readonly notes: number;
  readonly lastNote: string | null;
}

/** A small thing that somebody does for a neighbour (跑腿): as little domain as a proof needs. */
export const errandDecider: Decider<ErrandState, ErrandCommand, ErrandEvent> = {
  category: 'errand',
  initial: { notes: 0, lastNote: null },

  decide(command, { title }) {
    switch (command.type) {
      case 'OpenErrand':
        if (title !== undefined) reject('ERRAND_ALREADY_OPENED', 'There is an errand with this id already.');
        return [{ type: 'ErrandOpened', data: { title: command.title } }];
      case 'NoteErrand': {
        if (title === undefined) reject('NOT_FOUND', 'There is no such errand here.');
        const { text, parts } = command;
        return Array.from({ length: parts }, (_, part) => ({ type: 'ErrandNoted', data: { text, part } }));
      }
      case 'SpoilErrand':
        return spoiled(command.how);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ErrandOpened':
        return { ...state, title: event.data.title };
      case 'ErrandNoted':
        return { ...state, notes: state.notes + 1, lastNote: event.data.text };
      default:
        return state;
    }
  },
};
