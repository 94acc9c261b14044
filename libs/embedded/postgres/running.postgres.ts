import { connectionUrl, dataDirectory, storedPassword } from './data.directory.ts';
import { acceptsConnections } from './ownership.lock.ts';
import { runningPort } from './postmaster.file.ts';

export interface RunningPostgresOptions {
  directory: string;
  database?: string;
}

/** The URL of the server that runs on a data directory, for programs beside its owner; undefined when none runs. */
export async function runningPostgres(options: RunningPostgresOptions): Promise<string | undefined> {
  const directory = dataDirectory(options.directory);
  const port = await runningPort(directory.cluster);
  const password = await storedPassword(directory);
  if (port === undefined || password === undefined) return undefined;
  const url = connectionUrl(password, port, options.database ?? 'weinao');
  return (await acceptsConnections(url)) ? url : undefined;
}
