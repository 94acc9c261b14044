import { readdirSync, readFileSync } from 'node:fs';

/** False when there is none. @throws Error for a signal that is not allowed */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

/** The processes that this one started and that are still there. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    return Number.isInteger(pid) && parentOf(pid) === parent ? [pid] : [];
  });
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]); // a program's name may hold anything
  } catch {
    return undefined;
  }
}

const groups = new Set<number>();

/** Remembers a process group, so that it ends with this process however that ends. */
export function endWithUs(pid: number): () => void {
  groups.add(pid);
  return () => groups.delete(pid);
}

process.on('exit', () => {
  for (const pid of groups) signal(-pid, 'SIGKILL');
});
