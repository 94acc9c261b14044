import { postgresBinaries } from './binaries.ts';
import { initializeCluster } from './cluster.initialization.ts';
import type { DataDirectory } from './data.directory.ts';
import {
  createPassword,
  dataDirectory,
  isInitialized,
  makeWritable,
  storedPassword,
} from './data.directory.ts';
import { onWritable } from './postgres.errors.ts';
import { serverAccount } from './server.account.ts';
import { ServerControl } from './server.control.ts';
import { ServerKeeper } from './server.keeper.ts';
import type { EmbeddedPostgres } from './supervised.postgres.ts';
import { SupervisedPostgres } from './supervised.postgres.ts';

export interface PostgresOptions {
  /** Created if missing; the cluster goes into its subdirectory `postgres`. */
  directory: string;
  /** Created if missing; `weinao` unless told otherwise. */
  database?: string;
  /** Further settings of the server. A server that runs already keeps those it was started with. */
  settings?: Record<string, string>;
  onMessage?: (line: string) => void;
  /** Once aborted, the creation of a data directory is given up, and leaves nothing. */
  signal?: AbortSignal;
}

/** Starts the embedded server of a data directory, or adopts one whose owner was killed. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { database = 'weinao', settings = {}, onMessage: report = () => undefined, signal } = options;
  const directory = dataDirectory(options.directory);
  const [binaries, account] = await Promise.all([postgresBinaries(), serverAccount()]);
  const control = new ServerControl(directory, binaries.pg_ctl, account, settings);
  const password = await onWritable(directory.path, async () => {
    await makeWritable(directory);
    return ensurePassword(directory);
  });
  if (!(await isInitialized(directory))) {
    report(`Creating the PostgreSQL data directory ${directory.cluster}.`);
    const durable = settings['fsync'] !== 'off';
    await initializeCluster({ directory, initdb: binaries.initdb, account, password, durable, signal });
  }
  if ((await control.runningPort()) === undefined) await control.takeFiles();

  const keeper = new ServerKeeper(directory, control, password);
  const owned = await keeper.own();
  if (owned.adopted) report(`Adopted the PostgreSQL server that ran already on port ${owned.port}.`);
  try {
    await owned.lock.createDatabaseIfMissing(database);
    const version = await owned.lock.serverVersion();
    const url = keeper.url(owned.port, database);
    return new SupervisedPostgres({ keeper, owned, url, version, report });
  } catch (error) {
    await keeper.stop(owned.lock);
    throw error;
  }
}

async function ensurePassword(directory: DataDirectory): Promise<string> {
  const stored = await storedPassword(directory);
  if (stored !== undefined) return stored;
  if (await isInitialized(directory)) {
    throw new Error(
      `${directory.passwordFile}, which keeps the password of this PostgreSQL server, is missing.`,
    );
  }
  await createPassword(directory);
  return ensurePassword(directory);
}
