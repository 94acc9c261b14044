import { reject, rejectInput } from '@weinao/events';
import type { Decider } from '@weinao/events';

export type BoardEvent =
  | { readonly type: 'LineWritten'; readonly data: { readonly text: string; readonly by: string } }
  | { readonly type: 'LinesCounted'; readonly data: { readonly lines: number } };

export type BoardCommand =
  | { readonly type: 'WriteLine'; readonly text: string }
  | { readonly type: 'CountLines'; readonly lines: number };

/** A blackboard (黑板) that machines write on, three lines at most. */
export const boardDecider: Decider<{ readonly lines: number }, BoardCommand, BoardEvent> = {
  category: 'board',
  initial: { lines: 0 },
  decide(command, { lines }, { actor }) {
    if (command.type === 'CountLines') return [{ type: 'LinesCounted', data: { lines: command.lines } }];
    if (command.text === '') rejectInput('text', 'minLength', 'A line has at least one character.');
    if (lines === 3) reject('BOARD_FULL', 'There is no room for a line.', { lines });
    return [{ type: 'LineWritten', data: { text: command.text, by: actor.id } }];
  },
  evolve: (state, { type }) => (type === 'LineWritten' ? { lines: state.lines + 1 } : state),
};
