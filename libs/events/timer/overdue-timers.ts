import pg from 'pg';
import type { Pool } from 'pg';

export interface OverdueTimers {
  readonly count: number;
  /** ISO 8601 UTC; null where there is none. */
  readonly oldest: string | null;
}

/** Those that were due so long ago by the database's clock, and wait still: nobody fires them, or what they lead to fails. */
export async function overdueTimers(pool: Pool, schema: string, ms: number): Promise<OverdueTimers> {
  const { rows } = await pool.query<{ count: number; oldest: Date | null }>(
    `select count(*)::integer as count, min(due) as oldest from ${pg.escapeIdentifier(schema)}.timers
     where due < clock_timestamp() - $1 * interval '1 ms'`,
    [ms],
  );
  const { count, oldest } = rows[0]!;
  return { count, oldest: oldest?.toISOString() ?? null };
}
