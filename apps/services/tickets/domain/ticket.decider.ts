import { reject } from '@weinao/events';
import type { Actor, Decider } from '@weinao/events';
import { importedTicket } from './imported-ticket.ts';
import type { OpenTicket, TicketCommand, TicketStatus } from './ticket.commands.ts';
import type { TicketEvent } from './ticket.events.ts';
import { evolveTicket, noTicket } from './ticket.state.ts';
import type { TicketState } from './ticket.state.ts';

/** The life of a ticket: open → assigned → in progress → resolved → closed, with reopening and cancelling beside it. */
export const ticketDecider: Decider<TicketState, TicketCommand, TicketEvent> = {
  category: 'ticket',
  initial: noTicket,
  evolve: evolveTicket,

  decide(command, state, { actor }) {
    if (command.type === 'OpenTicket') return open(command, state, actor);
    if (command.type === 'ImportTicket') return importedTicket(command);
    if (state.status === 'NONE') reject('NOT_FOUND', 'There is no such ticket here.');
    switch (command.type) {
      case 'AssignTicket':
        unlessOver(state);
        if (state.status === 'ASSIGNED' && state.assigneeId === command.assigneeId) return [];
        return [{ type: 'TicketAssigned', data: { assigneeId: command.assigneeId } }];
      case 'StartTicket':
        return start(state);
      case 'ResolveTicket':
        unlessOver(state); // whoever can answer at once may: a tip needs no assignment
        return [{ type: 'TicketResolved', data: { resolution: command.resolution } }];
      case 'ReopenTicket':
        mustBeResolved(state);
        mustBeAffected(state, actor);
        return [{ type: 'TicketReopened', data: { reason: command.reason } }];
      case 'RateTicket':
        mustBeResolved(state);
        if (state.openedBy !== actor.id) reject('FORBIDDEN', 'Only the person served rates a ticket.');
        return [{ type: 'TicketRated', data: { stars: command.stars, comment: command.comment } }];
      case 'CancelTicket':
        unlessOver(state);
        mayCancel(state, actor);
        return [{ type: 'TicketCancelled', data: { reason: command.reason } }];
      case 'CommentOnTicket':
        return [{ type: 'TicketCommented', data: { text: command.text } }];
      case 'JoinTicket':
        unlessOver(state, ['RESOLVED']);
        return isAffected(state, actor) ? [] : [{ type: 'TicketJoined', data: { residentId: actor.id } }];
    }
  },
};

function open({ type: _type, ...ticket }: OpenTicket, state: TicketState, actor: Actor): TicketEvent[] {
  if (state.status !== 'NONE') reject('CONFLICT', 'There is a ticket with this id already.');
  if (ticket.anonymous && ticket.kind !== 'TIP')
    reject('TICKET_NOT_ANONYMOUS', 'Only a tip-off can be anonymous.');
  return [{ type: 'TicketOpened', data: { ...ticket, openedBy: actor.id, origin: null } }];
}

function start(state: TicketState): TicketEvent[] {
  unlessOver(state);
  if (state.status === 'IN_PROGRESS')
    reject('TICKET_ALREADY_STARTED', 'The ticket is being worked on already.');
  if (state.assigneeId === null) reject('TICKET_NOT_ASSIGNED', 'Assign the ticket before it is started.');
  return [{ type: 'TicketStarted', data: {} }];
}

const OVER = ['RESOLVED', 'CLOSED', 'CANCELLED'] as const;

/** Each way to be over has a code of its own, such as TICKET_ALREADY_RESOLVED. */
function unlessOver({ status }: TicketState, except: readonly TicketStatus[] = []): void {
  const over = OVER.find((end) => end === status && !except.includes(end));
  if (over) reject(`TICKET_ALREADY_${over}`, `The ticket is ${over.toLowerCase()} already.`);
}

function mustBeResolved(state: TicketState): void {
  if (state.status === 'RESOLVED') return;
  unlessOver(state);
  reject('TICKET_NOT_RESOLVED', 'The ticket is not resolved yet.');
}

const isAffected = ({ openedBy, joined }: TicketState, { id }: Actor): boolean =>
  openedBy === id || joined.includes(id);

function mustBeAffected(state: TicketState, actor: Actor): void {
  if (!isAffected(state, actor)) reject('FORBIDDEN', 'Only who opened or joined a ticket reopens it.');
}

function mayCancel(state: TicketState, actor: Actor): void {
  if (state.openedBy === actor.id || actor.permissions.includes('tickets.cancel-any')) return;
  reject('FORBIDDEN', 'Only who opened a ticket, or a worker, cancels it.');
}
