import { readFile } from 'node:fs/promises';
import { codeOf } from './postgres.errors.ts';

/** Whether a process with this id runs; one that is dead but not yet reaped does not count. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return false;
  return (await procState(pid))?.state !== 'Z';
}

/** As isAlive, but on Linux the process must also bear the name, since ids are used again. */
export async function isAliveAs(name: string, pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const known = await procState(pid);
  return known === undefined || known.name === name;
}

export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** From /proc/<pid>/stat (proc(5)); undefined on systems without it. */
async function procState(pid: number): Promise<{ name: string; state: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, name, state] = /^\d+ \((.*)\) (\S)/s.exec(text) ?? [];
  return name === undefined || state === undefined ? undefined : { name, state };
}
