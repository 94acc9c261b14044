import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CHANNEL, HEARD, LISTENER, TABLE } from './standing-clock.ts';

const LOOK_MS = 10;

/** Moves the `StandingClock` of all processes on a database. */
export class ClockHand {
  /** Server processes of the clocks that have heard of the last move. */
  private readonly heard = new Set<number>();

  private constructor(private readonly client: pg.Client) {
    client.on('error', () => undefined); // the next question says so
    client.on('notification', ({ payload }) => this.heard.add(Number(payload)));
  }

  /** Undefined where no process ever ran on such a clock. */
  static async open(databaseUrl: string): Promise<ClockHand | undefined> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'weinao clock hand' });
    const hand = new ClockHand(client);
    await client.connect();
    try {
      await client.query(`listen ${HEARD}`);
      const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
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
    return (await this.client.query<{ instant: Date }>(`select instant from ${TABLE}`)).rows[0]!.instant;
  }

  /** Durable when it resolves; whether everybody knows by then is for `heardByAll` to say. @returns the new time */
  async advance(ms: number): Promise<Date> {
    this.heard.clear();
    const { rows } = await this.client.query<{ instant: Date }>(
      `update ${TABLE} set instant = instant + $1 * interval '1 millisecond' returning instant`,
      [ms],
    );
    await this.client.query(`notify ${CHANNEL}`);
    return rows[0]!.instant;
  }

  /** Resolves when each running process has the new time; false where one has not after so long. */
  async heardByAll(timeoutMs: number): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    while ((await this.listeners()).some((pid) => !this.heard.has(pid))) {
      if (performance.now() > end) return false;
      await pause(LOOK_MS);
    }
    return true;
  }

  /** How many timers of all plugins are due, and not yet fired. */
  async dueTimers(): Promise<number> {
    const { rows: schemas } = await this.client.query<{ name: string }>(
      `select table_schema as name from information_schema.tables where table_name = 'timers'`,
    );
    const counts = schemas.map(
      ({ name }) =>
        `select count(*) as due from ${pg.escapeIdentifier(name)}.timers where due <= (select instant from ${TABLE})`,
    );
    if (counts.length === 0) return 0;
    const { rows } = await this.client.query<{ due: number }>(
      `select sum(due)::integer as due from (${counts.join(' union all ')}) of_plugins`,
    );
    return rows[0]!.due;
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async listeners(): Promise<number[]> {
    const { rows } = await this.client.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and application_name = $1',
      [LISTENER],
    );
    return rows.map(({ pid }) => pid);
  }
}
