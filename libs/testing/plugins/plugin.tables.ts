import { columnName } from '@weinao/events';
import type { RowTable } from '@weinao/events';
import type { Plugin } from '@weinao/plugins';
import type { Pool } from 'pg';

export type StoredRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

export interface StoredEvent {
  readonly type: string;
  readonly stream: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly community: string;
  readonly data: object;
}

/** A plugin's tables as they stand in its schema, looked at from outside. */
export class PluginTables {
  constructor(
    private readonly pool: Pool,
    private readonly plugin: Plugin,
  ) {}

  /** Every row of every read model, by table, in the order of the primary keys. */
  async rows(): Promise<StoredRows> {
    const rows: Record<string, Record<string, unknown>[]> = {};
    for (const { table, key } of this.tables) {
      const order = key.map((property) => `"${columnName(property)}"`);
      const result = await this.pool.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from "${this.schema}"."${table}" t order by ${order.join(', ')}`,
      );
      rows[table] = result.rows.map(({ row }) => row);
    }
    return rows;
  }

  async empty(): Promise<void> {
    for (const { table } of this.tables) await this.pool.query(`delete from "${this.schema}"."${table}"`);
  }

  /** Names of the read models' tables that are there. */
  async existing(): Promise<string[]> {
    const { rows } = await this.pool.query<{ table_name: string }>(
      'select table_name from information_schema.tables where table_schema = $1',
      [this.schema],
    );
    const names = rows.map((row) => row.table_name);
    return this.tables.map(({ table }) => table).filter((table) => names.includes(table));
  }

  async events(): Promise<StoredEvent[]> {
    const { rows } = await this.pool.query<Omit<StoredEvent, 'at'> & { readonly at: Date }>(
      `select type, stream, at, community, data from "${this.schema}".events order by position`,
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  private get tables(): readonly RowTable[] {
    return this.plugin.projections.flatMap(({ tables }) => tables);
  }

  private get schema(): string {
    return this.plugin.manifest.id;
  }
}
