import type { TicketStatus } from './ticket.commands.ts';
import type { TicketEvent } from './ticket.events.ts';

export interface TicketState {
  /** NONE before it is opened. */
  readonly status: TicketStatus | 'NONE';
  readonly openedBy: string | null;
  readonly assigneeId: string | null;
  /** Others whom it affects. */
  readonly joined: readonly string[];
}

export const noTicket: TicketState = { status: 'NONE', openedBy: null, assigneeId: null, joined: [] };

export function evolveTicket(state: TicketState, event: TicketEvent): TicketState {
  switch (event.type) {
    case 'TicketOpened':
      return { ...state, status: 'OPEN', openedBy: event.data.openedBy };
    case 'TicketAssigned':
      return { ...state, status: 'ASSIGNED', assigneeId: event.data.assigneeId };
    case 'TicketStarted':
      return { ...state, status: 'IN_PROGRESS' };
    case 'TicketResolved':
      return { ...state, status: 'RESOLVED' };
    case 'TicketReopened':
      return { ...state, status: 'OPEN' };
    case 'TicketRated':
    case 'TicketClosed':
      return { ...state, status: 'CLOSED' };
    case 'TicketCancelled':
      return { ...state, status: 'CANCELLED' };
    case 'TicketJoined':
      return { ...state, joined: [...state.joined, event.data.residentId] };
    default:
      return state;
  }
}
