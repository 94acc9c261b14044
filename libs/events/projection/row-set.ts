import type { RowKey, Rows, RowTable, RowType } from './projection.ts';

export interface RowChanges {
  readonly table: RowTable;
  readonly put: readonly object[];
  readonly removed: readonly Readonly<Record<string, unknown>>[];
}

type Properties = Readonly<Record<string, unknown>>;

/** Rows in memory, and what a fold changed of them. */
export class RowSet implements Rows {
  private readonly tables: ReadonlyMap<RowType, RowTable>;
  private readonly rows = new Map<string, object>();
  private readonly known = new Set<string>();
  private readonly changed = new Map<string, { table: RowTable; key: Properties }>();

  constructor(tables: readonly RowTable[]) {
    this.tables = new Map(tables.map((table) => [table.type, table]));
  }

  /** Says what stands in the database for a key: a row, or that there is none. */
  load({ type, key }: RowKey, row: object | undefined): void {
    const identity = this.identity(type, key);
    this.known.add(identity);
    if (row) this.rows.set(identity, row);
  }

  isLoaded({ type, key }: RowKey): boolean {
    return this.known.has(this.identity(type, key));
  }

  get<Row extends object>(type: RowType<Row>, key: Partial<Row>): Row | undefined {
    const identity = this.identity(type, key);
    if (!this.known.has(identity)) {
      throw new Error(`${type.name} ${identity} is looked at, but its event's touches() does not name it`);
    }
    return this.rows.get(identity) as Row | undefined;
  }

  put<Row extends object>(type: RowType<Row>, row: Row): void {
    const identity = this.change(type, row as Properties);
    this.rows.set(identity, row);
  }

  remove<Row extends object>(type: RowType<Row>, key: Partial<Row>): void {
    this.rows.delete(this.change(type, key));
  }

  changes(): RowChanges[] {
    return [...this.tables.values()].map((table) => {
      const changed = [...this.changed].filter(([, change]) => change.table === table);
      return {
        table,
        put: changed.flatMap(([identity]) => this.rows.get(identity) ?? []),
        removed: changed.flatMap(([identity, { key }]) => (this.rows.has(identity) ? [] : [key])),
      };
    });
  }

  all<Row extends object>(type: RowType<Row>): Row[] {
    const prefix = `${this.table(type).table} `;
    return [...this.rows].flatMap(([identity, row]) => (identity.startsWith(prefix) ? [row as Row] : []));
  }

  private change(type: RowType, properties: Properties): string {
    const table = this.table(type);
    const identity = this.identity(type, properties);
    this.known.add(identity);
    this.changed.set(identity, {
      table,
      key: Object.fromEntries(table.key.map((name) => [name, properties[name]])),
    });
    return identity;
  }

  private identity(type: RowType, properties: Properties): string {
    const { table, key } = this.table(type);
    return `${table} ${JSON.stringify(key.map((name) => properties[name]))}`;
  }

  private table(type: RowType): RowTable {
    const table = this.tables.get(type);
    if (!table) throw new Error(`${type.name} is no table of this projection`);
    return table;
  }
}
