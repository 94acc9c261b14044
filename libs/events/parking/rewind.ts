import type { Pool } from 'pg';
import { findParked, unpark } from './parking.ts';
import type { ParkedStream } from './parking.ts';
import { lockCheckpoint, resetCheckpoint } from '../projection/checkpoint.ts';
import { inTransaction } from '../projection/transaction.ts';

/**
 * Takes a stream out of parking, and lets the subscriber go back to before the event at fault. For those that may take
 * events again because they do nothing twice: reactions, timers and outside effects. One that runs notices with the next
 * event of its log, or when it starts again.
 *
 * @param gapFree whether positions count one by one, as in PostgreSQL; elsewhere the one before is not known, and
 *   everything is gone through again
 * @returns false when the stream was not parked
 */
export async function rewindToParked(
  pool: Pool,
  schema: string,
  which: Pick<ParkedStream, 'subscriber' | 'stream'>,
  gapFree = true,
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { version, position } = await lockCheckpoint(client, schema, which.subscriber);
    const parked = await findParked(client, schema, which);
    if (!parked) return false;
    const before = gapFree ? parked.position - 1n : 0n;
    const back = before < position ? before : position;
    await resetCheckpoint(client, schema, which.subscriber, { version, position: back });
    return unpark(client, schema, parked);
  });
}
