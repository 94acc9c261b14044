import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Random } from '../course/random.ts';

export class RolledBack extends Error {
  override readonly name = 'RolledBack';
}

const USUALLY_MS = 8;
const LONGEST_MS = 150;

/**
 * A pool whose statements stand in transactions that stay open for a while before they are committed or rolled back, as
 * those of a program that is slow between two statements do.
 */
export class OpenTransactions extends pg.Pool {
  constructor(
    options: pg.PoolConfig,
    private readonly random: Random,
  ) {
    super(options);
    const plain = this.query.bind(this) as (...args: unknown[]) => unknown;
    const query = (...args: unknown[]): unknown => {
      const [config] = args as [pg.QueryConfig | string];
      const appends = typeof config === 'object' && config.text.includes('append_events');
      return appends ? this.inOpenTransaction(config) : plain(...args);
    };
    this.query = query as pg.Pool['query'];
  }

  private async inOpenTransaction(config: pg.QueryConfig): Promise<pg.QueryResult> {
    const client = await this.connect();
    try {
      await client.query('begin');
      const result = await client.query(config);
      await pause(this.random.between(0, this.random.chance(0.1) ? LONGEST_MS : USUALLY_MS));
      const commits = this.random.chance(0.7);
      await client.query(commits ? 'commit' : 'rollback');
      client.release();
      if (commits) return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
    throw new RolledBack('The transaction was rolled back on purpose');
  }
}
