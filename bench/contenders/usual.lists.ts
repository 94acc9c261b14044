import type { Recorded } from '@weinao/events';
import type { Pool } from 'pg';
import { DataSource, EntitySchema } from 'typeorm';
import { changed, TicketRow, ticketTable } from './ticket-list.projection.ts';
import type { TicketEvent } from './ticket-list.projection.ts';

/** Keeps the list of tickets by an event at a time, as is usual. */
export interface UsualList {
  take(event: Recorded<TicketEvent>): Promise<void>;
}

/** One statement an event, committed by itself; no checkpoint beside it. */
export async function upsertedList(pool: Pool): Promise<UsualList> {
  await pool.query('create schema upserted');
  await pool.query(ticketTable('upserted'));
  const opening = `insert into upserted.ticket values ($1, $2, $3, $4, 'OPEN', null, 0, $5, $5)
    on conflict (community_id, stream) do update set title = excluded.title`;
  const changing = `update upserted.ticket set changed_at = $3, status = coalesce($4, status),
    worker = coalesce($5, worker), notes = notes + $6 where community_id = $1 and stream = $2`;
  return {
    async take(event) {
      const { stream, at, metadata, type, data } = event;
      const key = [metadata.communityId, stream];
      if (type === 'TicketOpened') {
        await pool.query({ name: 'open', text: opening, values: [...key, data.title, data.category, at] });
        return;
      }
      const status = type === 'TicketAssigned' ? 'ASSIGNED' : type === 'TicketResolved' ? 'RESOLVED' : null;
      const worker = type === 'TicketAssigned' ? data.worker : null;
      const notes = type === 'TicketNoted' ? 1 : 0;
      await pool.query({ name: 'change', text: changing, values: [...key, at, status, worker, notes] });
    },
  };
}

const Ticket = new EntitySchema<TicketRow>({
  name: 'Ticket',
  target: TicketRow,
  tableName: 'ticket',
  schema: 'saved',
  columns: {
    communityId: { type: 'text', primary: true },
    stream: { type: 'text', primary: true },
    title: { type: 'text' },
    category: { type: 'text' },
    status: { type: 'text' },
    worker: { type: 'text', nullable: true },
    notes: { type: 'integer' },
    openedAt: { type: 'timestamptz' },
    changedAt: { type: 'timestamptz' },
  },
});

/** TypeORM's repository: find, change, save. */
export async function savedList(url: string, cleanup: AsyncDisposableStack): Promise<UsualList> {
  const source = new DataSource({ type: 'postgres', url, entities: [Ticket], logging: false });
  await source.initialize();
  cleanup.defer(() => source.destroy());
  await source.query('create schema saved');
  await source.synchronize();
  const tickets = source.getRepository(TicketRow);
  return {
    async take(event) {
      const key = { communityId: event.metadata.communityId, stream: event.stream };
      const row = changed((await tickets.findOneBy(key)) ?? undefined, event);
      if (row) await tickets.save(tickets.create(row));
    },
  };
}
