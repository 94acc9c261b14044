import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MEGABYTES, SMALL_DISKS } from './small-disk.ts';

/** Mounts as root of a namespace of our own, and runs the rest as ourselves again: PostgreSQL runs as no root. */
const SCRIPT = `
mount -t tmpfs -o "size=${MEGABYTES.log}m,mode=0700" proof "$1" &&
mount -t tmpfs -o "size=${MEGABYTES.broker}m,mode=0700" proof "$2" || exit 1
user=$3 group=$4; shift 4
exec unshare --user --map-user="$user" --map-group="$group" -- "$@"`;

/** Only root may mount, or whoever has a namespace in which to be root. */
export const mayMount = (): boolean => process.getuid?.() === 0 || process.env[SMALL_DISKS] !== undefined;

/**
 * Runs this very command again in a namespace that has the small disks. Where that is not allowed either, the sentence
 * of unshare or mount says so.
 *
 * @returns its exit code
 */
export async function againWithDisks(stopping: AbortSignal): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'weinao-proof-disks-'));
  const disks = await Promise.all(['log', 'broker'].map((name) => mkdtemp(join(directory, `${name}-`))));
  const ids = [process.getuid?.(), process.getgid?.()].map(String);
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(
    'unshare',
    ['--user', '--map-root-user', '--mount', '--', 'sh', '-c', SCRIPT, 'proof', ...disks, ...ids, ...command],
    { stdio: 'inherit', env: { ...process.env, [SMALL_DISKS]: disks.join(':') } },
  );
  stopping.addEventListener('abort', () => child.kill('SIGTERM'));
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + constants.signals[signal!];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
