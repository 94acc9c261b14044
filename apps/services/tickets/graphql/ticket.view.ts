import type { PluginRequest } from '@weinao/plugins';
import type { TicketEventType, TicketType } from './ticket.type.ts';
import type { TicketEventRow, TicketRow } from '../read/ticket.rows.ts';
import type { TicketSettings } from '../settings.ts';

/** Who the people of a ticket are is theirs: the opener sees the own name, staff sees names, and a tip may hide its giver. */
function mayKnowOpener({ openedBy, anonymous }: TicketRow, request: PluginRequest): boolean {
  if (openedBy === request.viewer.id) return true;
  const { anonymousVisibleTo } = request.settings as unknown as TicketSettings;
  return anonymous ? request.viewer.roles.includes(anonymousVisibleTo) : request.may('tickets.see-people');
}

export function ticketView(
  row: TicketRow,
  request: PluginRequest,
  knownHistory?: readonly TicketEventRow[],
): TicketType {
  return {
    ...row,
    openedBy: mayKnowOpener(row, request) ? row.openedBy : null,
    row,
    knownHistory: knownHistory && visibleHistory(row, knownHistory, request),
  };
}

/** What the opener did stays as unknown as the opener. */
export function visibleHistory(
  ticket: TicketRow,
  history: readonly TicketEventRow[],
  request: PluginRequest,
): TicketEventRow[] {
  const opener = mayKnowOpener(ticket, request);
  const others = request.may('tickets.see-people');
  const mayKnow = (by: string | null): boolean => {
    if (by === request.viewer.id) return true;
    return by === ticket.openedBy ? opener : others || by === ticket.assigneeId;
  };
  return history.map((event) => ({ ...event, by: mayKnow(event.by) ? event.by : null }));
}

export const eventView = ({ type, at, by, note }: TicketEventRow): TicketEventType => ({
  type,
  at,
  by,
  note,
});
