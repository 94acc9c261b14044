import { rowKey } from '../../index.ts';
import type { Projection } from '../../index.ts';
import type { TicketEvent } from './ticket.decider.ts';

export class TicketRow {
  communityId: string;
  stream: string;
  title: string;
  openedAt: string;
  resolvedBy: string | null;
}

export class TicketCountRow {
  communityId: string;
  openTickets: number;
  allEvents: number;
}

export const ticketListProjection: Projection<TicketEvent> = {
  name: 'ticket-list',
  version: 1,
  tables: [
    { type: TicketRow, table: 'ticket', key: ['communityId', 'stream'] },
    { type: TicketCountRow, table: 'ticket_count', key: ['communityId'] },
  ],

  touches({ stream, metadata: { communityId } }) {
    return [rowKey(TicketRow, { communityId, stream }), rowKey(TicketCountRow, { communityId })];
  },

  fold({ type, data, at, stream, metadata: { communityId } }, rows) {
    const { openTickets = 0, allEvents = 0 } = rows.get(TicketCountRow, { communityId }) ?? {};
    const change = type === 'TicketOpened' ? 1 : -1;
    rows.put(TicketCountRow, { communityId, openTickets: openTickets + change, allEvents: allEvents + 1 });
    if (type === 'TicketOpened') {
      rows.put(TicketRow, { communityId, stream, title: data.title, openedAt: at, resolvedBy: null });
      return;
    }
    const ticket = rows.get(TicketRow, { communityId, stream });
    if (ticket) rows.put(TicketRow, { ...ticket, resolvedBy: data.by });
  },

  sql({ events, table }) {
    return [
      `insert into ${table(TicketRow)} (community_id, stream, title, opened_at, resolved_by)
       select opened.community, opened.stream, opened.data ->> 'title', opened.at, last.data ->> 'by'
       from (
         select max(position) filter (where type = 'TicketOpened') as opened, max(position) as last
         from ${events} e group by community, stream
       ) places
       join ${events} opened on opened.position = places.opened
       join ${events} last on last.position = places.last`,
      `insert into ${table(TicketCountRow)} (community_id, open_tickets, all_events)
       select community, sum(case type when 'TicketOpened' then 1 else -1 end), count(*)
       from ${events} e group by community`,
    ];
  },
};
