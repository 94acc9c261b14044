import pg from 'pg';

/** A pool that outlives the loss of idle connections, as when the servers go away under an interrupted run. */
export function openPool(
  connectionString: string,
  cleanup: AsyncDisposableStack,
  more: pg.PoolConfig = {},
): pg.Pool {
  const pool = new pg.Pool({ connectionString, ...more });
  pool.on('error', () => undefined);
  cleanup.defer(() => pool.end());
  return pool;
}

export async function openClient(
  connectionString: string,
  cleanup: AsyncDisposableStack,
): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  cleanup.defer(() => client.end());
  return client;
}
