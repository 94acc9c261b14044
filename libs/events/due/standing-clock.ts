import pg from 'pg';
import type { Pool } from 'pg';
import type { TimerClock } from './timer-clock.ts';
import type { Clock } from '../decision/command-handler.ts';

export const CHANNEL = 'weinao_virtual_clock';
/** On which each process says, by its pid at the server, that it has heard of a move. */
export const HEARD = 'weinao_virtual_clock_heard';
/** How the connections are called that listen, so that whoever moves the clock can count them. */
export const LISTENER = 'weinao clock listener';
export const TABLE = 'virtual_clock.virtual_clock';
const PAUSE_MS = 500;

/**
 * Time that stands still until somebody moves it, kept in the database: for demos and checks in which days pass in a
 * moment. Every process on that database has the same time, and learns of a move at once; it stays after a crash.
 */
export class StandingClock implements TimerClock {
  private instant: Date;
  private listening: pg.Client | undefined;
  private closed = false;
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly databaseUrl: string,
    private readonly pool: Pool,
  ) {}

  /** Stands at the time of its first opening on this database. */
  static async open(databaseUrl: string): Promise<StandingClock> {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'weinao clock' });
    pool.on('error', () => undefined); // the next question opens another connection
    const opened = new StandingClock(databaseUrl, pool);
    try {
      await pool.query(`
        select pg_advisory_xact_lock(hashtext('${CHANNEL}'));
        create schema if not exists virtual_clock;
        create table if not exists ${TABLE} (
          only_row boolean primary key default true check (only_row),
          instant  timestamptz not null
        );
        insert into ${TABLE} (instant) values (date_trunc('milliseconds', clock_timestamp())) on conflict do nothing`);
      await opened.listen();
    } catch (error) {
      await opened.close();
      throw error;
    }
    return opened;
  }

  /** The same time for decisions. */
  readonly clock: Clock = () => new Date(this.instant);

  async now(): Promise<Date> {
    const { rows } = await this.pool.query<{ instant: Date }>(`select instant from ${TABLE}`);
    this.instant = rows[0]!.instant;
    return this.instant;
  }

  onStep(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.listening?.end();
    await this.pool.end();
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: LISTENER });
    this.listening = client;
    client.on('error', () => undefined); // its end says so, too
    client.on('end', () => this.listenAgain());
    client.on('notification', () => void this.hear(client).catch(() => undefined)); // a later one, or the watchdog, tells
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    await this.step();
  }

  private listenAgain(): void {
    if (this.closed) return;
    setTimeout(() => {
      if (!this.closed) void this.listen().catch(() => undefined); // its end comes here again
    }, PAUSE_MS).unref();
  }

  private async hear(client: pg.Client): Promise<void> {
    await this.step();
    await client.query(`select pg_notify('${HEARD}', pg_backend_pid()::text)`);
  }

  private async step(): Promise<void> {
    await this.now();
    for (const listener of this.listeners) listener();
  }
}
