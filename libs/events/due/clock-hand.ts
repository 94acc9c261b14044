import pg from 'pg';
import type { Pool } from 'pg';
import { CHANNEL, TABLE } from './standing-clock.ts';

/** Moves the `StandingClock` of all processes on a database. */
export class ClockHand {
  private constructor(private readonly pool: Pool) {}

  /** Undefined where no process ever ran on such a clock. */
  static async open(databaseUrl: string): Promise<ClockHand | undefined> {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'weinao clock' });
    const hand = new ClockHand(pool);
    try {
      const { rows } = await pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
        TABLE,
      ]);
      if (rows[0]!.there) return hand;
    } catch (error) {
      await hand.close();
      throw error;
    }
    await hand.close();
    return undefined;
  }

  async now(): Promise<Date> {
    return (await this.pool.query<{ instant: Date }>(`select instant from ${TABLE}`)).rows[0]!.instant;
  }

  /** Durable when it resolves; running processes learn of it a moment later. @returns the new time */
  async advance(ms: number): Promise<Date> {
    const { rows } = await this.pool.query<{ instant: Date }>(
      `update ${TABLE} set instant = instant + $1 * interval '1 millisecond' returning instant`,
      [ms],
    );
    await this.pool.query(`notify ${CHANNEL}`);
    return rows[0]!.instant;
  }

  /** How many timers of all plugins are due, and not yet fired. */
  async dueTimers(): Promise<number> {
    const { rows: schemas } = await this.pool.query<{ name: string }>(
      `select table_schema as name from information_schema.tables where table_name = 'timers'`,
    );
    const counts = schemas.map(
      ({ name }) =>
        `select count(*) as due from ${pg.escapeIdentifier(name)}.timers where due <= (select instant from ${TABLE})`,
    );
    if (counts.length === 0) return 0;
    const { rows } = await this.pool.query<{ due: number }>(
      `select sum(due)::integer as due from (${counts.join(' union all ')}) of_plugins`,
    );
    return rows[0]!.due;
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
