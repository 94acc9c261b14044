import pg from 'pg';
import type { PoolClient } from 'pg';
import { columnName } from './projection.ts';
import type { Projection, RowKey, RowTable } from './projection.ts';
import type { RowSet } from './row-set.ts';

type Properties = Record<string, unknown>;

const quoted = (schema: string, { table }: RowTable): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;

const columnList = (properties: readonly string[], prefix = ''): string =>
  properties.map((property) => prefix + pg.escapeIdentifier(columnName(property))).join(', ');

const toColumns = (row: object): Properties =>
  Object.fromEntries(Object.entries(row).map(([property, value]) => [columnName(property), value ?? null]));

const toProperties = (row: Properties): Properties =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      value instanceof Date ? value.toISOString() : value,
    ]),
  );

/** One statement a table, however many rows. */
export async function loadRows(
  client: PoolClient,
  schema: string,
  projection: Projection,
  keys: readonly RowKey[],
  rows: RowSet,
): Promise<void> {
  for (const table of projection.tables) {
    const wanted = keys.filter((key) => key.type === table.type && !rows.isLoaded(key));
    if (wanted.length === 0) continue;
    const { rows: found } = await client.query<Properties>(
      `select t.* from ${quoted(schema, table)} t
       where (${columnList(table.key, 't.')}) in
         (select ${columnList(table.key, 'k.')} from json_populate_recordset(null::${quoted(schema, table)}, $1) k)`,
      [JSON.stringify(wanted.map(({ key }) => toColumns(key)))],
    );
    for (const key of wanted) rows.load(key, undefined);
    for (const row of found.map(toProperties)) rows.load({ type: table.type, key: row }, row);
  }
}

/** One upsert and one delete a table, however many rows: a statement an event would be 160 times slower. */
export async function saveRows(client: PoolClient, schema: string, rows: RowSet): Promise<void> {
  for (const { table, put, removed } of rows.changes()) {
    if (put.length > 0) await upsert(client, quoted(schema, table), table, put);
    if (removed.length > 0) await remove(client, quoted(schema, table), table, removed);
  }
}

export async function clearRows(client: PoolClient, schema: string, projection: Projection): Promise<void> {
  // delete, not truncate: those who read meanwhile go on seeing the old rows until the commit
  for (const table of projection.tables) await client.query(`delete from ${quoted(schema, table)}`);
}

async function upsert(
  client: PoolClient,
  name: string,
  table: RowTable,
  put: readonly object[],
): Promise<void> {
  const properties = [...new Set(put.flatMap((row) => Object.keys(row)))];
  const rest = properties.filter((property) => !table.key.includes(property)).map(columnName);
  const updates = rest.map(
    (column) => `${pg.escapeIdentifier(column)} = excluded.${pg.escapeIdentifier(column)}`,
  );
  await client.query(
    `insert into ${name} (${columnList(properties)})
     select ${columnList(properties)} from json_populate_recordset(null::${name}, $1)
     on conflict (${columnList(table.key)}) do ${updates.length > 0 ? `update set ${updates.join(', ')}` : 'nothing'}`,
    [JSON.stringify(put.map(toColumns))],
  );
}

async function remove(
  client: PoolClient,
  name: string,
  table: RowTable,
  keys: readonly object[],
): Promise<void> {
  await client.query(
    `delete from ${name} where (${columnList(table.key)}) in
       (select ${columnList(table.key)} from json_populate_recordset(null::${name}, $1))`,
    [JSON.stringify(keys.map(toColumns))],
  );
}
