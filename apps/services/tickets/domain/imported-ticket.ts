import type { ImportTicket } from './ticket.commands.ts';
import type { TicketEvent } from './ticket.events.ts';

/** The past of a ticket from another system, as far as that system told it, in one go. */
export function importedTicket(command: ImportTicket): TicketEvent[] {
  const { kind, category, title, description, location, anonymous, openedBy, origin, openedAt } = command;
  const opening = { kind, category, title, description, location, anonymous, openedBy, origin };
  return [{ type: 'TicketOpened', data: opening, at: openedAt }, ...assignment(command), ...ending(command)];
}

/** Other systems seldom tell when a ticket was assigned: then it counts from its opening. */
function assignment({ status, assigneeId, openedAt }: ImportTicket): TicketEvent[] {
  return assigneeId === null || status === 'OPEN'
    ? []
    : [{ type: 'TicketAssigned', data: { assigneeId }, at: openedAt }];
}

function ending({ status, resolution, openedAt, endedAt }: ImportTicket): TicketEvent[] {
  const at = endedAt ?? openedAt;
  const resolved: TicketEvent = { type: 'TicketResolved', data: { resolution: resolution ?? '' }, at };
  switch (status) {
    case 'OPEN':
    case 'ASSIGNED':
      return [];
    case 'IN_PROGRESS':
      return [{ type: 'TicketStarted', data: {}, at }];
    case 'RESOLVED':
      return [resolved];
    case 'CLOSED':
      return [resolved, { type: 'TicketClosed', data: {}, at }];
    case 'CANCELLED':
      return [{ type: 'TicketCancelled', data: { reason: resolution ?? '' }, at }];
  }
}
