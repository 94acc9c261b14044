import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './command.ts';
import type { DataDirectory } from './data.directory.ts';
import { isInitialized, serverUser } from './data.directory.ts';
import { codeOf } from './postgres.errors.ts';
import { isAlive } from './process.state.ts';
import type { ServerAccount } from './server.account.ts';

const workshopPrefix = 'postgres.initdb-';

export interface Initialization {
  directory: DataDirectory;
  initdb: string;
  account: ServerAccount | undefined;
  password: string;
  /** False for data that may be lost with the machine, as in tests. */
  durable: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Creates the cluster beside its place and moves it there when it is complete, so that an interrupted start
 * never leaves half a cluster behind.
 */
export async function initializeCluster(task: Initialization): Promise<void> {
  const { path } = task.directory;
  await removeAbandoned(path);
  const workshop = join(path, `${workshopPrefix}${process.pid}`);
  try {
    await fillWorkshop(workshop, task);
    await moveIntoPlace(join(workshop, 'cluster'), task.directory);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function removeAbandoned(path: string): Promise<void> {
  for (const name of await readdir(path)) {
    if (!name.startsWith(workshopPrefix)) continue;
    const pid = Number(name.slice(workshopPrefix.length));
    if (pid !== process.pid && (await isAlive(pid))) continue;
    // An initdb that outlived its starter may still be writing here.
    await rm(join(path, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

async function fillWorkshop(workshop: string, task: Initialization): Promise<void> {
  task.signal?.throwIfAborted();
  const passwordFile = join(workshop, 'password');
  await mkdir(workshop, { mode: 0o700 });
  await writeFile(passwordFile, `${task.password}\n`, { mode: 0o600 });
  if (task.account !== undefined) {
    const { uid, gid } = task.account;
    await Promise.all([workshop, passwordFile].map((file) => chown(file, uid, gid)));
  }
  const args = [
    `--pgdata=${join(workshop, 'cluster')}`,
    `--username=${serverUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(task.durable ? [] : ['--no-sync']),
  ];
  const result = await runCommand(task.account, task.initdb, args, task.signal);
  task.signal?.throwIfAborted();
  if (!result.succeeded) throw new Error(`PostgreSQL could not create its data directory: ${result.output}`);
}

async function moveIntoPlace(complete: string, directory: DataDirectory): Promise<void> {
  try {
    await rename(complete, directory.cluster);
  } catch (error) {
    const another = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '') && (await isInitialized(directory));
    if (!another) throw error;
  }
}
