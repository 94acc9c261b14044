import { rowKey } from '@weinao/events';
import type { Projection } from '@weinao/events';

export type TicketEvent =
  | { readonly type: 'TicketOpened'; readonly data: { readonly title: string; readonly category: string } }
  | { readonly type: 'TicketAssigned'; readonly data: { readonly worker: string } }
  | { readonly type: 'TicketNoted'; readonly data: { readonly text: string } }
  | { readonly type: 'TicketResolved'; readonly data: { readonly resolution: string } };

/** What a list of tickets shows of each. */
export class TicketRow {
  communityId: string;
  stream: string;
  title: string;
  category: string;
  status: string;
  worker: string | null;
  notes: number;
  openedAt: string;
  changedAt: string;
}

export const ticketTable = (schema: string): string => `
  create table ${schema}.ticket (
    community_id text, stream text, title text not null, category text not null, status text not null, worker text,
    notes integer not null, opened_at timestamptz not null, changed_at timestamptz not null,
    primary key (community_id, stream)
  )`;

type TicketFact = TicketEvent & {
  readonly at: string;
  readonly stream: string;
  readonly metadata: { readonly communityId: string };
};

/** The row after the event; the same rule for everybody who keeps the list. */
export function changed(row: TicketRow | undefined, event: TicketFact): TicketRow | undefined {
  const { type, data, at, stream, metadata } = event;
  if (type === 'TicketOpened') {
    const { title, category } = data;
    const key = { communityId: metadata.communityId, stream };
    return { ...key, title, category, status: 'OPEN', worker: null, notes: 0, openedAt: at, changedAt: at };
  }
  if (!row) return undefined;
  if (type === 'TicketAssigned') return { ...row, status: 'ASSIGNED', worker: data.worker, changedAt: at };
  if (type === 'TicketNoted') return { ...row, notes: row.notes + 1, changedAt: at };
  return { ...row, status: 'RESOLVED', changedAt: at };
}

export const ticketList: Projection<TicketEvent> = {
  name: 'ticket-list',
  version: 1,
  tables: [{ type: TicketRow, table: 'ticket', key: ['communityId', 'stream'] }],

  touches: ({ stream, metadata: { communityId } }) => [rowKey(TicketRow, { communityId, stream })],

  fold(event, rows) {
    const { stream, metadata } = event;
    const row = changed(rows.get(TicketRow, { communityId: metadata.communityId, stream }), event);
    if (row) rows.put(TicketRow, row);
  },

  sql: ({ events, table }) => [
    `insert into ${table(TicketRow)}
       (community_id, stream, title, category, status, worker, notes, opened_at, changed_at)
     select community, stream,
       max(data ->> 'title') filter (where type = 'TicketOpened'),
       max(data ->> 'category') filter (where type = 'TicketOpened'),
       case (array_agg(type order by position desc) filter (where type <> 'TicketNoted'))[1]
         when 'TicketResolved' then 'RESOLVED' when 'TicketAssigned' then 'ASSIGNED' else 'OPEN' end,
       (array_agg(data ->> 'worker' order by position desc) filter (where type = 'TicketAssigned'))[1],
       count(*) filter (where type = 'TicketNoted'),
       min(at) filter (where type = 'TicketOpened'),
       (array_agg(at order by position desc))[1]
     from ${events} e group by community, stream`,
  ],
};
