import type { TicketDescription, TicketOrigin } from './ticket.events.ts';

export type TicketStatus = 'OPEN' | 'ASSIGNED' | 'IN_PROGRESS' | 'RESOLVED' | 'CLOSED' | 'CANCELLED';

export interface OpenTicket extends TicketDescription {
  readonly type: 'OpenTicket';
}

/** A ticket with a past, as another system knew it. Times are ISO 8601 UTC. */
export interface ImportTicket extends TicketDescription {
  readonly type: 'ImportTicket';
  readonly origin: TicketOrigin;
  readonly status: TicketStatus;
  readonly openedAt: string;
  readonly openedBy: string | null;
  readonly assigneeId: string | null;
  readonly resolution: string | null;
  /** When it reached its status; for an open one of no meaning. */
  readonly endedAt: string | null;
}

export type TicketCommand =
  | OpenTicket
  | ImportTicket
  | { readonly type: 'AssignTicket'; readonly assigneeId: string }
  | { readonly type: 'StartTicket' }
  | { readonly type: 'ResolveTicket'; readonly resolution: string }
  | { readonly type: 'ReopenTicket'; readonly reason: string }
  | { readonly type: 'RateTicket'; readonly stars: number; readonly comment: string | null }
  | { readonly type: 'CancelTicket'; readonly reason: string }
  | { readonly type: 'CommentOnTicket'; readonly text: string }
  | { readonly type: 'JoinTicket' };
