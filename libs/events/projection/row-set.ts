import type { RowKey, Rows, RowTable, RowType } from './projection.ts';

export interface RowChanges {
  readonly table: RowTable;
  readonly put: readonly object[];
  readonly removed: readonly Readonly<Record<string, unknown>>[];
}

type Properties = Readonly<Record<string, unknown>>;

/** What is known of one key. */
class Entry {
  changed = false;

  constructor(
    readonly key: Properties,
    public row: object | undefined,
  ) {}
}

interface Change {
  readonly entry: Entry;
  readonly row: object | undefined;
}

/** A table's entries, found step by step along the parts of the key: a text made of them would have to be built each time. */
class TableRows {
  readonly changed: Entry[] = [];
  readonly entries: Entry[] = [];
  private readonly root = new Map<unknown, unknown>();

  constructor(readonly table: RowTable) {}

  find(properties: Properties): Entry | undefined {
    let place: unknown = this.root;
    for (const name of this.table.key) {
      place = (place as Map<unknown, unknown>).get(keyPart(properties[name]));
      if (place === undefined) return undefined;
    }
    return place as Entry;
  }

  add(properties: Properties, row: object | undefined): Entry {
    const { key } = this.table;
    const last = key.length - 1;
    let place = this.root;
    for (let part = 0; part < last; part++) {
      const value = keyPart(properties[key[part]!]);
      let next = place.get(value) as Map<unknown, unknown> | undefined;
      if (!next) place.set(value, (next = new Map()));
      place = next;
    }
    const entry = new Entry(Object.fromEntries(key.map((name) => [name, properties[name]])), row);
    place.set(keyPart(properties[key[last]!]), entry);
    this.entries.push(entry);
    return entry;
  }
}

/** Rows in memory, and what a fold changed of them. */
export class RowSet implements Rows {
  private readonly tables: ReadonlyMap<RowType, TableRows>;
  private sinceSettled: Change[] = [];

  constructor(tables: readonly RowTable[]) {
    this.tables = new Map(tables.map((table) => [table.type, new TableRows(table)]));
  }

  /** How many keys are known, with a row or without. */
  get size(): number {
    let size = 0;
    for (const { entries } of this.tables.values()) size += entries.length;
    return size;
  }

  /** Says what stands in the database for a key: a row, or that there is none. */
  load({ type, key }: RowKey, row: object | undefined): void {
    const rows = this.rowsOf(type);
    const entry = rows.find(key);
    if (entry) entry.row = row;
    else rows.add(key, row);
  }

  isLoaded({ type, key }: RowKey): boolean {
    return this.rowsOf(type).find(key) !== undefined;
  }

  get<Row extends object>(type: RowType<Row>, key: Partial<Row>): Row | undefined {
    const entry = this.rowsOf(type).find(key);
    if (!entry) {
      const { table } = this.rowsOf(type).table;
      throw new Error(
        `${type.name} ${table} ${JSON.stringify(key)} is looked at, but its event's touches() does not name it`,
      );
    }
    return entry.row as Row | undefined;
  }

  put<Row extends object>(type: RowType<Row>, row: Row): void {
    this.change(type, row as Properties, row);
  }

  remove<Row extends object>(type: RowType<Row>, key: Partial<Row>): void {
    this.change(type, key, undefined);
  }

  /** What was changed so far stays, whatever `revert` takes back later. */
  settle(): void {
    if (this.sinceSettled.length > 0) this.sinceSettled = [];
  }

  /** Takes back what was changed since it was settled: a fold that failed half-way leaves nothing. */
  revert(): void {
    for (const { entry, row } of this.sinceSettled.reverse()) entry.row = row;
    this.sinceSettled = [];
  }

  changes(): RowChanges[] {
    return [...this.tables.values()].map(({ table, changed }) => ({
      table,
      put: changed.flatMap(({ row }) => row ?? []),
      removed: changed.flatMap(({ key, row }) => (row ? [] : [key])),
    }));
  }

  all<Row extends object>(type: RowType<Row>): Row[] {
    return this.rowsOf(type).entries.flatMap(({ row }) => (row as Row | undefined) ?? []);
  }

  private change(type: RowType, properties: Properties, row: object | undefined): void {
    const rows = this.rowsOf(type);
    const entry = rows.find(properties) ?? rows.add(properties, undefined);
    this.sinceSettled.push({ entry, row: entry.row });
    entry.row = row;
    if (!entry.changed) {
      entry.changed = true;
      rows.changed.push(entry);
    }
  }

  private rowsOf(type: RowType): TableRows {
    const rows = this.tables.get(type);
    if (!rows) throw new Error(`${type.name} is no table of this projection`);
    return rows;
  }
}

/** Keys are JSON values; those that are no single value are compared by their JSON. */
function keyPart(value: unknown): unknown {
  if (typeof value !== 'object') return value ?? null;
  return value === null ? null : `\0${JSON.stringify(value)}`;
}
