import pg from 'pg';

/** An event as the table has it: read by a statement of the proof's own, past the kernel. */
export interface StoredEvent {
  readonly position: bigint;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly commandId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface StoredLog {
  readonly events: readonly StoredEvent[];
  /** Where the head row stands. */
  readonly head: bigint;
}

type Row = Omit<StoredEvent, 'position'> & { readonly position: string };

export async function readStoredLog(pool: pg.Pool, plugin: string): Promise<StoredLog> {
  const schema = pg.escapeIdentifier(plugin);
  const { rows } = await pool.query<Row>(
    `select position, id, stream, revision, type, metadata->>'commandId' as "commandId", data
     from ${schema}.events order by position`,
  );
  const { rows: heads } = await pool.query<{ position: string }>(`select position from ${schema}.head`);
  const events = rows.map((row) => ({ ...row, position: BigInt(row.position) }));
  return { events, head: BigInt(heads[0]!.position) };
}
