import pg from 'pg';
import type { ClientBase } from 'pg';

export interface LeaseClaim {
  readonly schema: string;
  readonly name: string;
  /** Who asks; the same for every renewal. */
  readonly holder: string;
  /** By the clock of the database. */
  readonly milliseconds: number;
}

/**
 * Takes the lease, or renews it, for the session of this client: when nobody has it, when it has run out (or lasts longer
 * than any can, because the clock was set back since), or when the session that had it is gone, so that a killed process
 * is not waited for.
 *
 * @returns whether the asker has it now.
 */
export async function takeLease(client: ClientBase, claim: LeaseClaim): Promise<boolean> {
  const leases = `${pg.escapeIdentifier(claim.schema)}.leases`;
  const { rowCount } = await client.query(
    `insert into ${leases} as lease (name, holder, holder_pid, holder_start, until)
     select $1, $2, pid, backend_start, clock_timestamp() + $3 * interval '1 millisecond'
     from pg_stat_activity where pid = pg_backend_pid()
     on conflict (name) do update set holder = excluded.holder, holder_pid = excluded.holder_pid,
       holder_start = excluded.holder_start, until = excluded.until
     where lease.holder = excluded.holder
       or lease.until not between clock_timestamp() and clock_timestamp() + 2 * $3 * interval '1 millisecond'
       or not exists (
         select from pg_stat_activity -- where the start of another user's session is hidden
         where pid = lease.holder_pid and coalesce(backend_start = lease.holder_start, true)
       )`,
    [claim.name, claim.holder, claim.milliseconds],
  );
  return rowCount === 1;
}

export async function releaseLease(
  client: ClientBase,
  { schema, name, holder }: Omit<LeaseClaim, 'milliseconds'>,
): Promise<void> {
  const leases = `${pg.escapeIdentifier(schema)}.leases`;
  await client.query(`delete from ${leases} where name = $1 and holder = $2`, [name, holder]);
}
