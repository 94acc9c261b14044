import { RowSet } from '@weinao/events';
import type { DomainEvent, Projection, Recorded, RowKey, RowTable, RowType } from '@weinao/events';

type Properties = Record<string, unknown>;

/** What a row is after it went to the database and came back: plain JSON, and null for what was not there. */
export const asStored = (row: object): Properties =>
  JSON.parse(
    JSON.stringify(row, (_key, value: unknown) => (value === undefined ? null : value)),
  ) as Properties;

/** The tables of one projection, folded page by page as the projector does it in a database. */
export class MemoryTables<Event extends DomainEvent> {
  private readonly stored = new Map<string, { readonly type: RowType; readonly row: Properties }>();

  constructor(private readonly projection: Projection<Event>) {}

  foldPage(page: readonly Recorded<Event>[]): void {
    const { tables } = this.projection;
    const rows = new RowSet(tables);
    for (const key of page.flatMap((event) => this.projection.touches(event))) this.load(rows, key);
    for (const event of page) this.projection.fold(event, rows);
    for (const { table, put, removed } of rows.changes()) {
      for (const row of put) this.store(table, row);
      for (const key of removed) this.stored.delete(identity(table, key));
    }
  }

  rowsOf(type: RowType): Properties[] {
    return [...this.stored.values()].filter((entry) => entry.type === type).map(({ row }) => row);
  }

  private load(rows: RowSet, key: RowKey): void {
    const table = this.projection.tables.find(({ type }) => type === key.type);
    if (!table)
      throw new Error(`touches() names ${key.type.name}, which is no table of ${this.projection.name}`);
    const missing = table.key.filter((property) => key.key[property] === undefined);
    if (missing.length > 0)
      throw new Error(`touches() names a ${key.type.name} without its key ${missing.join(', ')}`);
    if (rows.isLoaded(key)) return;
    const found = this.stored.get(identity(table, key.key));
    rows.load(key, found && structuredClone(found.row));
  }

  private store(table: RowTable, row: object): void {
    const stored = asStored(row);
    const before = this.stored.get(identity(table, stored))?.row ?? {};
    const left = Object.keys(before).filter((property) => !(property in stored));
    if (left.length > 0) {
      throw new Error(
        `A put ${table.type.name} leaves out ${left.join(', ')}: a row is put with all its properties`,
      );
    }
    this.stored.set(identity(table, stored), { type: table.type, row: stored });
  }
}

const identity = ({ table, key }: RowTable, properties: Readonly<Properties>): string =>
  `${table} ${JSON.stringify(key.map((property) => properties[property]))}`;
