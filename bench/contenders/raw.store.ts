import type { Client } from 'pg';
import type { Fact } from './fact.ts';
import type { Store } from './store.ts';
import { openClient } from '../frame/connections.ts';

/** The columns and the constraints of the kernel's log in one table, and a sequence for positions. */
const TABLE = `
  create table fact (
    position bigint generated always as identity primary key,
    id uuid not null, stream text not null, revision integer not null, community text not null, type text not null,
    schema_version smallint not null, at timestamptz not null, data json not null, metadata json not null,
    command uuid not null unique, fingerprint text not null,
    unique (stream, revision)
  )`;

const COLUMNS =
  'id, stream, revision, community, type, schema_version, at, data, metadata, command, fingerprint';
const TYPES =
  'uuid[], text[], integer[], text[], text[], smallint[], timestamptz[], json[], json[], uuid[], text[]'.split(
    ', ',
  );

const PLACES = TYPES.map((_, index) => `$${index + 1}`);

const valuesOf = (fact: Fact): unknown[] => [
  fact.id,
  fact.stream,
  0,
  fact.community,
  fact.type,
  1,
  fact.at,
  JSON.stringify(fact.data),
  JSON.stringify(fact.metadata),
  fact.command,
  fact.fingerprint,
];

/** What PostgreSQL does by itself: a limit that gives neither order nor an answer to each caller. */
export class RawStore implements Store {
  private constructor(private readonly connections: readonly Client[]) {}

  static async open(url: string, connections: number, cleanup: AsyncDisposableStack): Promise<RawStore> {
    const clients: Client[] = [];
    while (clients.length < connections) clients.push(await openClient(url, cleanup));
    await clients[0]!.query(TABLE);
    return new RawStore(clients);
  }

  /** One prepared insert, committed by itself, on the caller's own connection. */
  append(fact: Fact, caller: number): Promise<unknown> {
    return this.connections[caller]!.query({
      name: 'insert',
      text: `insert into fact (${COLUMNS}) values (${PLACES.join(', ')})`,
      values: valuesOf(fact),
    });
  }

  /** Many rows in one prepared statement. */
  appendAll(facts: readonly Fact[]): Promise<unknown> {
    const rows = facts.map(valuesOf);
    return this.connections[0]!.query({
      name: 'insert-all',
      text: `insert into fact (${COLUMNS}) select * from unnest(${PLACES.map((place, n) => `${place}::${TYPES[n]}`).join(', ')})`,
      values: TYPES.map((_, column) => rows.map((row) => row[column])),
    });
  }
}
