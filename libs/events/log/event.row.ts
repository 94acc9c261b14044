import type { EventMetadata, Recorded } from '../event.ts';

/** A row of the events table, as `pg` reads it. */
export interface EventRow {
  readonly position: string;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly schema_version: number;
  readonly at: Date;
  readonly data: object;
  readonly metadata: EventMetadata;
}

export const COLUMNS = 'position, id, stream, revision, type, schema_version, at, data, metadata';

export function recorded(row: EventRow): Recorded {
  return {
    id: row.id,
    stream: row.stream,
    revision: row.revision,
    position: BigInt(row.position),
    type: row.type,
    schemaVersion: row.schema_version,
    at: row.at.toISOString(),
    data: row.data,
    metadata: row.metadata,
  };
}
