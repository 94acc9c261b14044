import type { DomainEvent, Recorded } from '../event.ts';

/** A class whose instances are rows; only its name of properties matters here, not how it is stored. */
export type RowType<Row extends object = object> = abstract new () => Row;

export interface RowTable {
  readonly type: RowType;
  /** Table in the plugin's schema, with a column in snake_case for each property. */
  readonly table: string;
  /** Properties of the primary key. */
  readonly key: readonly string[];
}

export interface RowKey {
  readonly type: RowType;
  readonly key: Readonly<Record<string, unknown>>;
}

/** The rows that a page of events touches, in memory. Properties are JSON values; instants are ISO 8601 UTC texts. */
export interface Rows {
  get<Row extends object>(type: RowType<Row>, key: Partial<Row>): Row | undefined;
  put<Row extends object>(type: RowType<Row>, row: Row): void;
  remove<Row extends object>(type: RowType<Row>, key: Partial<Row>): void;
}

export interface RebuildSource {
  /**
   * The events to be folded, as a subquery in brackets; give it an alias. Columns as in the log: position, id, stream,
   * revision, community, type, at, data and metadata (both json).
   */
  readonly events: string;
  /** The quoted name of the empty table that takes the rows. */
  table(type: RowType): string;
}

/**
 * A read model as a pure fold over the log: no clock, no randomness, no table but its own. Its rows can always be
 * dropped and folded again; a higher `version` does so by itself at the next start.
 */
export interface Projection<Event extends DomainEvent = DomainEvent> {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly RowTable[];
  /** Every row that `fold` will look at for this event. */
  touches(event: Recorded<Event>): readonly RowKey[];
  fold(event: Recorded<Event>, rows: Rows): void;
  /**
   * The same said in SQL: statements that fill the tables at once, for a rebuild from a log in PostgreSQL. They see the
   * events in the shape that was stored, so they are used only where no older one is. `describeSqlRebuild` of
   * `@weinao/testing` proves that they make the rows that the fold makes.
   */
  sql?(source: RebuildSource): readonly string[];
}

export const rowKey = <Row extends object>(type: RowType<Row>, key: Partial<Row>): RowKey => ({
  type,
  key: key,
});

export const columnName = (property: string): string =>
  property.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
