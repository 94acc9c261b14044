import type { Pool } from 'pg';

/** In a plugin these come from a migration. */
export async function createTicketTables(pool: Pool, schema: string): Promise<void> {
  await pool.query(`
    create table "${schema}".ticket (
      community_id text, stream text, title text not null, opened_at timestamptz not null, resolved_by text,
      primary key (community_id, stream)
    );
    create table "${schema}".ticket_count (
      community_id text primary key, open_tickets integer not null, all_events integer not null
    )`);
}
