import pg from 'pg';
import type { Pool } from 'pg';
import type { Snapshot, SnapshotStore } from './snapshot-store.ts';
import { fingerprint } from '../identifiers.ts';

interface SnapshotRow {
  readonly revision: number;
  readonly event_id: string;
  readonly state: string;
  readonly digest: string;
}

/** Snapshots in the plugin's schema (table of `createKernelSchema`), each with a digest over all of it. */
export class PostgresSnapshotStore implements SnapshotStore {
  private readonly schema: string;

  constructor(
    private readonly pool: Pool,
    plugin: string,
  ) {
    this.schema = pg.escapeIdentifier(plugin);
  }

  async load(stream: string, version: number): Promise<Snapshot | undefined> {
    const { rows } = await this.pool.query<SnapshotRow>({
      name: `${this.schema}.load-snapshot`,
      text: `select revision, event_id, state::text as state, digest from ${this.schema}.snapshots
             where stream = $1 and version = $2`,
      values: [stream, version],
    });
    const [row] = rows;
    if (!row) return undefined;
    const { revision, event_id: eventId, state, digest } = row;
    if (digest !== fingerprint([stream, version, revision, eventId, state])) return undefined;
    return { stream, version, revision, eventId, state: JSON.parse(state) as unknown };
  }

  async save({ stream, version, revision, eventId, state }: Snapshot): Promise<void> {
    const text = JSON.stringify(state);
    await this.pool.query({
      name: `${this.schema}.save-snapshot`,
      text: `insert into ${this.schema}.snapshots (stream, version, revision, event_id, state, digest)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (stream) do update set version = excluded.version, revision = excluded.revision,
               event_id = excluded.event_id, state = excluded.state, digest = excluded.digest`,
      values: [
        stream,
        version,
        revision,
        eventId,
        text,
        fingerprint([stream, version, revision, eventId, text]),
      ],
    });
  }
}
