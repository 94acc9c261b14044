import { reject } from '../../index.ts';
import type { Decider } from '../../index.ts';

export type TicketCommand =
  | { readonly type: 'OpenTicket'; readonly title: string }
  | { readonly type: 'ResolveTicket'; readonly resolution: string };

export type TicketEvent =
  | { readonly type: 'TicketOpened'; readonly data: { readonly title: string } }
  | { readonly type: 'TicketResolved'; readonly data: { readonly resolution: string; readonly by: string } };

export interface TicketState {
  readonly status: 'NONE' | 'OPEN' | 'RESOLVED';
}

export const ticketDecider: Decider<TicketState, TicketCommand, TicketEvent> = {
  category: 'ticket',
  initial: { status: 'NONE' },

  decide(command, { status }, { actor }) {
    switch (command.type) {
      case 'OpenTicket':
        if (status !== 'NONE') reject('TICKET_ALREADY_OPENED', 'There is a ticket with this id already.');
        return [{ type: 'TicketOpened', data: { title: command.title } }];
      case 'ResolveTicket':
        if (status === 'NONE') reject('NOT_FOUND', 'There is no such ticket here.');
        if (status === 'RESOLVED') reject('TICKET_ALREADY_RESOLVED', 'The ticket is resolved already.');
        return [{ type: 'TicketResolved', data: { resolution: command.resolution, by: actor.id } }];
    }
  },

  evolve(state, event) {
    if (event.type === 'TicketOpened') return { status: 'OPEN' };
    if (event.type === 'TicketResolved') return { status: 'RESOLVED' };
    return state;
  },
};
