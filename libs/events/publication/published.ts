import pg from 'pg';
import type { Pool } from 'pg';
import { readCheckpoint } from '../projection/checkpoint.ts';

const CHECKPOINT = 'publication';

/** Position of the last event that is known to be published. */
export const publishedUpTo = async (pool: Pool, plugin: string): Promise<bigint> =>
  (await readCheckpoint(pool, plugin, CHECKPOINT)).position;

/**
 * Does not wait for the disk: a database that crashes and forgets it has a page published twice, which is allowed.
 *
 * @returns false, and changes nothing, when another process published meanwhile.
 */
export async function movePublished(pool: Pool, plugin: string, from: bigint, to: bigint): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: `${plugin}.published`,
    text: `with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
      update ${pg.escapeIdentifier(plugin)}.checkpoints set position = $3 from unhurried where name = $1 and position = $2`,
    values: [CHECKPOINT, from, to],
  });
  return rowCount === 1;
}
