import pg from 'pg';
import type { Pool } from 'pg';
import type { TimerClock } from './timer-clock.ts';
import type { Clock } from '../decision/command-handler.ts';

/**
 * PostgreSQL's clock, moved by as much as a row says: for demos and tests in which days pass in a moment, and stay passed
 * after a crash. Processes that open it in the same schema have the same time; one learns of another's step when it
 * next asks, at the latest by its watchdog.
 */
export class VirtualDatabaseClock implements TimerClock {
  private aheadMs = 0;
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly pool: Pool,
    private readonly table: string,
  ) {}

  static async open(pool: Pool, schema: string): Promise<VirtualDatabaseClock> {
    const name = pg.escapeIdentifier(schema);
    const table = `${name}.virtual_clock`;
    await pool.query(`
      select pg_advisory_xact_lock(hashtext('weinao virtual clock'));
      create schema if not exists ${name};
      create table if not exists ${table} (
        only_row boolean primary key default true check (only_row),
        ahead    interval not null
      );
      insert into ${table} (ahead) values ('0') on conflict do nothing`);
    const opened = new VirtualDatabaseClock(pool, table);
    await opened.now();
    return opened;
  }

  /** The same time for decisions, as far as this process knows it. */
  readonly clock: Clock = () => new Date(Date.now() + this.aheadMs);

  async now(): Promise<Date> {
    const { rows } = await this.pool.query<{ now: Date }>(
      `select date_trunc('milliseconds', clock_timestamp() + ahead) as now from ${this.table}`,
    );
    const { now } = rows[0]!;
    this.aheadMs = now.getTime() - Date.now();
    return now;
  }

  onStep(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Durable when it resolves. */
  async advance(ms: number): Promise<void> {
    await this.pool.query(`update ${this.table} set ahead = ahead + $1 * interval '1 millisecond'`, [ms]);
    await this.stepped();
  }

  async set(instant: string | Date): Promise<void> {
    await this.pool.query(`update ${this.table} set ahead = $1::timestamptz - clock_timestamp()`, [instant]);
    await this.stepped();
  }

  private async stepped(): Promise<void> {
    await this.now();
    for (const listener of this.listeners) listener();
  }
}
