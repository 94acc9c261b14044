import { openKurrentLog, PostgresEventLog, SharedReads, withUpcasters } from '@weinao/events';
import type { EventLog } from '@weinao/events';
import pg from 'pg';
import { StartupError } from './environment.ts';
import type { PluginDatabase } from './plugin-database.ts';
import type { Plugin } from '../plugin.ts';

/**
 * A plugin's log, read in the newest shapes and once for all who follow it here: in KurrentDB where a connection string names one, else in its own schema.
 *
 * @throws StartupError where KurrentDB does not answer, or the database was made from another log: its checkpoints are
 *   positions in that one, and here they would skip events
 */
export async function openLog(
  { manifest: { id }, upcasters = {} }: Plugin,
  { pool }: PluginDatabase,
  kurrentUrl: string | undefined,
): Promise<EventLog> {
  const log = kurrentUrl ? await kurrentLog(kurrentUrl, id) : new PostgresEventLog(pool, id);
  try {
    await assertSameLog(pool, id, log, Boolean(kurrentUrl));
    return new SharedReads(withUpcasters(log, upcasters));
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function kurrentLog(url: string, plugin: string): Promise<EventLog> {
  try {
    return await openKurrentLog({ url, plugin });
  } catch {
    throw new StartupError(
      // without the string: there may be a password in it
      'KURRENTDB_URL is not a connection string of KurrentDB, such as kurrentdb://127.0.0.1:2113?tls=false',
    );
  }
}

async function assertSameLog(
  pool: pg.Pool,
  plugin: string,
  log: EventLog,
  isKurrent: boolean,
): Promise<void> {
  const schema = pg.escapeIdentifier(plugin);
  const { rows } = await pool.query<{ stored: string; published: string | null }>(
    `select (select position from ${schema}.head) as stored,
            (select position from ${schema}.checkpoints where name = 'publication') as published`,
  );
  const { stored, published } = rows[0]!;
  if (isKurrent && stored !== '0')
    throw new StartupError(
      `The events of ${plugin} are in its database: KURRENTDB_URL needs an empty one, or leave it out`,
    );
  const head = await log.head().catch((error: unknown) => {
    if (!isKurrent) throw error;
    throw new StartupError(`KurrentDB does not answer at KURRENTDB_URL: ${(error as Error).message}`);
  });
  if (BigInt(published ?? 0) > head)
    throw new StartupError(
      `The database of ${plugin} knows its log up to position ${published}, but the log ends at ${head}: ` +
        `it is another one. ${isKurrent ? 'Does KURRENTDB_URL name the right server?' : 'Is KURRENTDB_URL missing?'}`,
    );
}
