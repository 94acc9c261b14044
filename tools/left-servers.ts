import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const patience = 3000;

/** Ends the PostgreSQL servers whose data lies in the directory: they outlive an interrupted spec that started them. */
export async function endLeftServers(directory: string): Promise<void> {
  const files = await readdir(directory, { recursive: true });
  const pidFiles = files.filter((file) => file.endsWith('postmaster.pid'));
  await Promise.all(pidFiles.map((file) => endServer(join(directory, file))));
}

async function endServer(pidFile: string): Promise<void> {
  const [line = ''] = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(line);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const deadline = performance.now() + patience;
  let running = signal(pid, 'SIGQUIT'); // its immediate shutdown: nobody needs the data any more
  while (running && performance.now() < deadline) {
    await pause(20);
    running = signal(pid, 0);
  }
}

/** False when there is no such process. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
