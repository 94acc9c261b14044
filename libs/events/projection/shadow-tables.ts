import pg from 'pg';
import type { PoolClient } from 'pg';
import type { Projection, RowTable } from './projection.ts';
import { ALTERED, DRESSING, NAMES, UNCOPYABLE } from './shadow-tables.queries.ts';

/** How long readers may have to queue behind the swap, less than PostgreSQL's deadlock timeout. */
const LOCK_TIMEOUT_MS = 200;
/** SQLSTATE lock_not_available and deadlock_detected. */
const HELD_BY_OTHERS = ['55P03', '40P01'];

const shadowOf = (table: string): string => `rebuild~${table}`;

/** Empty copies of a projection's tables, beside them, that take their place once they are filled. */
export class ShadowTables {
  /** The same projection, at home in the shadows. */
  readonly projection: Projection;

  constructor(
    private readonly schema: string,
    private readonly live: Projection,
  ) {
    this.projection = {
      ...live,
      tables: live.tables.map((table) => ({ ...table, table: shadowOf(table.table) })),
    };
  }

  /** Also clears what an interrupted rebuild left. @throws Error when a table has something that cannot be copied */
  async create(client: PoolClient): Promise<void> {
    for (const { table } of this.live.tables) await this.assertCopyable(client, table);
    await this.drop(client);
    for (const { table } of this.live.tables)
      await client.query(
        `create table ${this.name(shadowOf(table))} (like ${this.name(table)} including all)`,
      );
  }

  async drop(client: PoolClient): Promise<void> {
    for (const { table } of this.projection.tables)
      await client.query(`drop table if exists ${this.name(table)}`);
  }

  async empty(client: PoolClient): Promise<void> {
    for (const { table } of this.projection.tables) await client.query(`truncate ${this.name(table)}`);
  }

  /** So that the first queries after the swap are planned as well as those before it. */
  async analyze(client: PoolClient): Promise<void> {
    for (const { table } of this.projection.tables) await client.query(`analyze ${this.name(table)}`);
  }

  /**
   * Within the caller's transaction: who reads waits for its commit, and then reads the new rows.
   *
   * @returns false, and changes nothing, when somebody holds a table for long: try again
   * @throws Error when a table was altered since its shadow was made
   */
  async swap(client: PoolClient): Promise<boolean> {
    if (this.live.tables.length > 0 && !(await this.lock(client))) return false;
    for (const { table } of this.live.tables) await this.replace(client, table);
    return true;
  }

  private async lock(client: PoolClient): Promise<boolean> {
    const names = this.live.tables.map(({ table }) => this.name(table));
    await client.query(`savepoint swap; set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
    try {
      await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
    } catch (error) {
      if (!HELD_BY_OTHERS.includes((error as pg.DatabaseError).code ?? '')) throw error;
      await client.query('rollback to savepoint swap');
      return false;
    }
    await client.query('release savepoint swap');
    return true;
  }

  private async replace(client: PoolClient, table: string): Promise<void> {
    const [live, shadow] = [this.name(table), this.name(shadowOf(table))];
    const { rows: altered } = await client.query<{ what: string }>(ALTERED, [live, shadow]);
    if (altered[0]) {
      throw new Error(`${live} was altered while it was rebuilt (${altered[0].what}); rebuild it again`);
    }
    // looked up before the old table goes, applied when its names are free
    const { rows: dressing } = await client.query<{ statement: string }>(DRESSING, [live, shadow]);
    const { rows: names } = await client.query<{ statement: string }>(NAMES, [live, shadow]);
    await client.query(`drop table ${live}`);
    for (const { statement } of [...dressing, ...names]) await client.query(statement);
    await client.query(`alter table ${shadow} rename to ${pg.escapeIdentifier(table)}`);
  }

  private async assertCopyable(client: PoolClient, table: string): Promise<void> {
    const { rows } = await client.query<{ what: string }>(UNCOPYABLE, [this.name(table)]);
    if (rows.length === 0) return;
    const reasons = rows.map(({ what }) => what).join(', ');
    throw new Error(`${this.name(table)} cannot be rebuilt beside itself, because of its ${reasons}`);
  }

  private name(table: RowTable['table']): string {
    return `${pg.escapeIdentifier(this.schema)}.${pg.escapeIdentifier(table)}`;
  }
}
