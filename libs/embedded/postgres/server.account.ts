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

/** By number, as capabilities(7) has them; either lets a process pass through directories that are closed to it. */
const PASSING = [
  { name: 'dac_read_search', number: 2n },
  { name: 'dac_override', number: 1n },
];
const SETPCAP = 8n;

/**
 * Root's directories, such as /root or one of mktemp, are closed to the user, and both programs and data may lie under
 * one: so one capability to pass is handed on. `no_setuid_fixup` keeps it in force for access(2), by which initdb looks
 * whether it may run the server's program.
 */
async function setprivOptions({ uid, gid }: { uid: number; gid: number }): Promise<string[]> {
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const held = await heldCapabilities();
  const passing = PASSING.find(({ number }) => has(held, number));
  if (!passing || !has(held, SETPCAP)) return identity;
  const handedOn = [`--inh-caps=+${passing.name}`, `--ambient-caps=+${passing.name}`];
  return ['--securebits=+no_setuid_fixup', ...identity, ...handedOn];
}

const has = (capabilities: bigint, number: bigint): boolean => (capabilities >> number) % 2n === 1n;

/** Root of a container often lacks some, and setpriv fails when it is to hand on what is not there. */
async function heldCapabilities(): Promise<bigint> {
  const status = await readFile('/proc/self/status', 'utf8');
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return permitted & bounding;
}
