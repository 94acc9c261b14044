import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNatsServer, startPostgres } from '@weinao/embedded';

export interface BenchServers {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** For people: what was measured on. */
  readonly description: string;
}

/**
 * PostgreSQL as it comes, so `fsync` and `synchronous_commit` are on; but with room for all connections, and no
 * checkpoint in the middle of a turn (there is one before each).
 */
const SETTINGS = { max_connections: '400', max_wal_size: '8GB', checkpoint_timeout: '1h' };

/** Servers on free ports, in a temporary directory that goes away with them. */
export async function startBenchServers(
  cleanup: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<BenchServers> {
  const directory = await mkdtemp(join(tmpdir(), 'weinao-bench-'));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  await chmod(directory, 0o755); // PostgreSQL, where it runs as another user, has to pass through
  const postgres = await startPostgres({ directory, settings: SETTINGS, signal });
  cleanup.defer(() => postgres.stop());
  const nats = await startNatsServer();
  cleanup.defer(() => nats.stop());
  return {
    databaseUrl: postgres.url,
    natsUrl: nats.url,
    description: `PostgreSQL ${postgres.version}, nats-server ${nats.version}, Node ${process.versions.node}`,
  };
}
