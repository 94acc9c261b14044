import pg from 'pg';
import type { PoolClient } from 'pg';
import type { Projection, RowType } from './projection.ts';
import type { RebuildSubject } from './rebuild-subject.ts';

/** @returns why the projection cannot be rebuilt in SQL here, if so */
export async function reasonToFold(
  client: PoolClient,
  { schema, projection, eventsTable }: RebuildSubject,
): Promise<string | undefined> {
  if (!projection.sql) return 'it is not said in SQL';
  if (!eventsTable) return 'its log is not in PostgreSQL';
  const { rows } = await client.query<{ type: string; version: number }>(
    `select distinct type, schema_version as version from ${pg.escapeIdentifier(schema)}.events`,
  );
  const newest = (type: string): number => (eventsTable.upcasters[type]?.length ?? 0) + 1;
  const other = rows.find(({ type, version }) => version !== newest(type));
  return other && `the log has ${other.type} of version ${other.version}, and SQL knows no upcasters`;
}

/** Fills the shadow's tables with what the events up to the position make. */
export async function fillBySql(
  client: PoolClient,
  { schema, projection }: RebuildSubject,
  shadow: Projection,
  upTo: bigint,
): Promise<void> {
  const own = pg.escapeIdentifier(schema);
  const table = (type: RowType): string => {
    const found = shadow.tables.find((one) => one.type === type);
    if (!found) throw new Error(`${type.name} is no table of ${projection.name}`);
    return `${own}.${pg.escapeIdentifier(found.table)}`;
  };
  const events = `(
    select position, id, stream, revision, community, type, at, data, metadata
    from ${own}.events where position <= ${upTo}
  )`;
  for (const statement of projection.sql!({ events, table })) await client.query(statement);
}
