import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from './data.directory.ts';
import { exists, isAliveAs } from './process.state.ts';

interface PostmasterFile {
  pid: number;
  port: number;
  sharedMemoryId: string | undefined;
}

/** The port of the server that runs on this cluster, if one does. */
export async function runningPort(cluster: string): Promise<number | undefined> {
  const file = await readPostmasterFile(cluster);
  return file !== undefined && (await isAliveAs('postgres', file.pid)) ? file.port : undefined;
}

/**
 * PostgreSQL itself passes over the file of a dead process. It does not when the process id was given to another
 * program (as happens in containers) or when the dead process was never reaped; such a file we remove, once no
 * process of the old server holds its shared memory.
 */
export async function removeStalePostmasterFile(cluster: string): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file === undefined || !exists(file.pid) || (await isAliveAs('postgres', file.pid))) return;
  if (await isAttached(file.sharedMemoryId)) return;
  await rm(pathOf(cluster), { force: true });
}

/** The lines are those of pidfile.h: process, directory, start time, port, socket, address, shared memory. */
async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await unlessMissing(readFile(pathOf(cluster), 'utf8'));
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!(pid > 0) || !(port > 0)) return undefined;
  return { pid, port, sharedMemoryId: lines[6]?.trim().split(/\s+/)[1] };
}

/** /proc/sysvipc/shm has the columns key, shmid, perms, size, cpid, lpid, nattch. */
async function isAttached(sharedMemoryId: string | undefined): Promise<boolean> {
  const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => '');
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.some((columns) => columns[1] === sharedMemoryId && Number(columns[6]) > 0);
}

function pathOf(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
