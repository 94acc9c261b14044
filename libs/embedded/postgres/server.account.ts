import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The user the server runs as when we are root, because PostgreSQL refuses to run as root. */
export interface ServerAccount {
  uid: number;
  gid: number;
  /** Put before a command, it runs the command as this user. */
  prefix: readonly string[];
}

/** Undefined when the server can run as ourselves. */
export async function serverAccount(): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const ids = (await idsOf('postgres')) ?? (await idsOf('nobody'));
  if (ids === undefined) {
    throw new Error('PostgreSQL cannot run as root, and this system has neither a user postgres nor nobody.');
  }
  await requireSetpriv();
  return { ...ids, prefix: ['setpriv', ...(await setprivOptions(ids))] };
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', name]), execute('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function requireSetpriv(): Promise<void> {
  try {
    await execute('setpriv', ['--version']);
  } catch {
    throw new Error(
      'PostgreSQL cannot run as root, and setpriv (package util-linux), which would run it as another user, ' +
        'is missing; install it, or start as an ordinary user.',
    );
  }
}

/** The capability to pass through directories lets the data lie under a directory that is closed to the user. */
async function setprivOptions({ uid, gid }: { uid: number; gid: number }): Promise<string[]> {
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  if (!(await mayPassOnReading())) return identity;
  return [...identity, '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
}

/** Root of a container often lacks CAP_DAC_READ_SEARCH (number 2 of capabilities(7)); setpriv would then fail. */
async function mayPassOnReading(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'utf8');
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return ((permitted & bounding) >> 2n) % 2n === 1n;
}
