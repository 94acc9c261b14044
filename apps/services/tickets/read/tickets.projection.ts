import { idOfStream, RowSet, rowKey } from '@weinao/events';
import type { Projection, Recorded, Rows } from '@weinao/events';
import { TicketCounterRow, TicketEventRow, TicketRow } from './ticket.rows.ts';
import type { TicketEvent } from '../domain/ticket.events.ts';

type RecordedTicketEvent = Recorded<TicketEvent>;

const tables = [
  { type: TicketRow, table: 'ticket', key: ['communityId', 'id'] },
  { type: TicketEventRow, table: 'ticket_event', key: ['communityId', 'ticketId', 'revision'] },
  { type: TicketCounterRow, table: 'ticket_counter', key: ['communityId'] },
];

export const ticketsProjection: Projection<TicketEvent> = {
  name: 'tickets',
  version: 1,
  tables,

  touches(event) {
    const { communityId } = event.metadata;
    const ticket = rowKey(TicketRow, { communityId, id: idOfStream(event.stream) });
    return event.type === 'TicketOpened' ? [ticket, rowKey(TicketCounterRow, { communityId })] : [ticket];
  },

  fold(event, rows) {
    const { communityId, actorId } = event.metadata;
    const id = idOfStream(event.stream);
    const { type, at, revision } = event;
    rows.put(TicketEventRow, {
      communityId,
      ticketId: id,
      revision,
      type,
      at,
      by: actorId,
      note: noteOf(event),
    });
    if (event.type === 'TicketOpened') return open(event, rows);
    const ticket = rows.get(TicketRow, { communityId, id });
    if (ticket) rows.put(TicketRow, { ...ticket, ...changesOf(event) });
  },
};

function open(event: Extract<RecordedTicketEvent, { type: 'TicketOpened' }>, rows: Rows): void {
  const { communityId } = event.metadata;
  const { origin, ...opening } = event.data;
  const number = (rows.get(TicketCounterRow, { communityId })?.opened ?? 0) + 1;
  rows.put(TicketCounterRow, { communityId, opened: number });
  rows.put(TicketRow, {
    ...opening,
    communityId,
    id: idOfStream(event.stream),
    number,
    status: 'OPEN',
    openedAt: event.at,
    assigneeId: null,
    resolution: null,
    stars: null,
    externalId: origin?.externalId ?? null,
  });
}

function changesOf(event: RecordedTicketEvent): Partial<TicketRow> {
  switch (event.type) {
    case 'TicketAssigned':
      return { status: 'ASSIGNED', assigneeId: event.data.assigneeId };
    case 'TicketStarted':
      return { status: 'IN_PROGRESS' };
    case 'TicketResolved':
      return { status: 'RESOLVED', resolution: event.data.resolution };
    case 'TicketReopened':
      return { status: 'OPEN', resolution: null };
    case 'TicketRated':
      return { status: 'CLOSED', stars: event.data.stars };
    case 'TicketClosed':
      return { status: 'CLOSED' };
    case 'TicketCancelled':
      return { status: 'CANCELLED' };
    default:
      return {};
  }
}

function noteOf(event: RecordedTicketEvent): string | null {
  switch (event.type) {
    case 'TicketAssigned':
      return event.data.assigneeId;
    case 'TicketResolved':
      return event.data.resolution;
    case 'TicketReopened':
    case 'TicketCancelled':
      return event.data.reason;
    case 'TicketRated':
      return event.data.comment;
    case 'TicketCommented':
      return event.data.text;
    default:
      return null;
  }
}

export interface TicketAsOf {
  readonly ticket: TicketRow;
  readonly history: readonly TicketEventRow[];
}

/** A ticket's rows as they were after these first events of its stream. */
export function ticketAsOf(events: readonly RecordedTicketEvent[], number: number): TicketAsOf {
  const rows = new RowSet(tables);
  const [opened] = events;
  if (opened?.type !== 'TicketOpened') throw new Error('A ticket begins with TicketOpened');
  const { communityId } = opened.metadata;
  const key = { communityId, id: idOfStream(opened.stream) };
  rows.load(rowKey(TicketCounterRow, { communityId }), {
    communityId,
    opened: number - 1,
  } satisfies TicketCounterRow);
  rows.load(rowKey(TicketRow, key), undefined);
  for (const event of events) ticketsProjection.fold(event, rows);
  return { ticket: rows.get(TicketRow, key)!, history: rows.all(TicketEventRow) };
}
