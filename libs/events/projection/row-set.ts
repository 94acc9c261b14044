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

type Level = Map<unknown, unknown>;

/**
 * A table's entries, found step by step along the parts of the key, since a text made of them would cost more each time.
 * A fold mostly asks for one key several times in a row, and for keys that begin alike, so where it was last is kept.
 */
class TableRows {
  readonly changed: Entry[] = [];
  readonly entries: Entry[] = [];
  private readonly root: Level = new Map();
  private readonly beginning: readonly string[];
  private readonly end: string;
  private place: { readonly parts: readonly unknown[]; readonly level: Level };
  private last: { readonly part: unknown; readonly entry: Entry } | undefined;

  constructor(readonly table: RowTable) {
    this.beginning = table.key.slice(0, -1);
    this.end = table.key.at(-1)!;
    this.place = { parts: [], level: this.root };
  }

  find(properties: Properties): Entry | undefined {
    const part = keyPart(properties[this.end]);
    if (!this.isThere(properties)) this.go(properties);
    if (this.last !== undefined && this.last.part === part) return this.last.entry;
    const entry = this.place.level.get(part) as Entry | undefined;
    this.last = entry && { part, entry };
    return entry;
  }

  add(properties: Properties, row: object | undefined): Entry {
    const part = keyPart(properties[this.end]);
    if (!this.isThere(properties)) this.go(properties);
    const entry = new Entry(Object.fromEntries(this.table.key.map((name) => [name, properties[name]])), row);
    this.place.level.set(part, entry);
    this.last = { part, entry };
    this.entries.push(entry);
    return entry;
  }

  private isThere(properties: Properties): boolean {
    const { parts } = this.place;
    for (let index = 0; index < this.beginning.length; index++)
      if (parts[index] !== keyPart(properties[this.beginning[index]!])) return false;
    return true;
  }

  private go(properties: Properties): void {
    const parts = this.beginning.map((name) => keyPart(properties[name]));
    let level = this.root;
    for (const part of parts) {
      let next = level.get(part) as Level | undefined;
      if (!next) level.set(part, (next = new Map()));
      level = next;
    }
    this.place = { parts, level };
    this.last = undefined;
  }
}

/** Rows in memory, and what a fold changed of them. */
export class RowSet implements Rows {
  private readonly tables: ReadonlyMap<RowType, TableRows>;
  /** What was changed since `settle`, with the rows that were there before; the lists only grow, so that they are made once. */
  private readonly unsettled: Entry[] = [];
  private readonly before: (object | undefined)[] = [];
  private unsettledCount = 0;

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
    this.unsettledCount = 0;
  }

  /** Takes back what was changed since it was settled: a fold that failed half-way leaves nothing. */
  revert(): void {
    for (let index = this.unsettledCount; index-- > 0;) this.unsettled[index]!.row = this.before[index];
    this.settle();
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
    this.unsettled[this.unsettledCount] = entry;
    this.before[this.unsettledCount++] = entry.row;
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
