import { appendRequest } from '@weinao/testing';
import type { Pool } from 'pg';
import type { EventLog } from '../../index.ts';

export interface TicketColumns {
  readonly community_id: string;
  readonly stream: string;
  readonly title: string;
  readonly opened_at: Date;
  readonly resolved_by: string | null;
}

/** The tables of the ticket list; in a plugin they come from a migration. */
export class TicketListDatabase {
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
  ) {}

  async create(): Promise<void> {
    await this.pool.query(`
      create table "${this.schema}".ticket (
        community_id text, stream text, title text not null, opened_at timestamptz not null, resolved_by text,
        primary key (community_id, stream)
      );
      create table "${this.schema}".ticket_count (
        community_id text primary key, open_tickets integer not null, all_events integer not null
      )`);
  }

  async tickets(): Promise<TicketColumns[]> {
    return (await this.pool.query<TicketColumns>(`select * from "${this.schema}".ticket order by stream`))
      .rows;
  }

  async countedEvents(): Promise<number | undefined> {
    const query = `select all_events from "${this.schema}".ticket_count`;
    return (await this.pool.query<{ all_events: number }>(query)).rows[0]?.all_events;
  }

  async checkpoint(): Promise<unknown> {
    const query = `select version, position from "${this.schema}".checkpoints where name = 'ticket-list'`;
    return (await this.pool.query<object>(query)).rows[0];
  }
}

/** @returns the log's head afterwards */
export async function openTicketsIn(log: EventLog, count: number): Promise<bigint> {
  const appended = await Promise.all(Array.from({ length: count }, () => log.append(appendRequest())));
  return appended.flat().reduce((head, { position }) => (position > head ? position : head), 0n);
}
