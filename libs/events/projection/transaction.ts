import type { Pool, PoolClient } from 'pg';

/** A process that is paused or cut off in the middle holds its locks for no longer, so that another may go on. */
const MOST_IDLE_MS = 3_000;

/** Commits what `work` did, unless it throws or returns false; then nothing of it stays. */
export async function inTransaction(
  pool: Pool,
  work: (client: PoolClient) => Promise<boolean>,
): Promise<boolean> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin; set local idle_in_transaction_session_timeout = ${MOST_IDLE_MS}`);
    const done = await work(client);
    await client.query(done ? 'commit' : 'rollback');
    return done;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The same on a connection that stays the caller's: commits, unless `work` throws. */
export async function transact<Value>(client: PoolClient, work: () => Promise<Value>): Promise<Value> {
  await client.query('begin');
  try {
    const value = await work();
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // a broken connection has rolled back by itself
    throw error;
  }
}
