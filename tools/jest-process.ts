import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const endPatience = 5000;
const stopPatience = 3000;

export interface JestOptions {
  readonly root: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Written by the reporter when all tests are done. */
  readonly outcomeFile: string;
  readonly interruption: AbortSignal;
}

export interface JestExit {
  readonly exitCode: number;
  readonly hung: boolean;
}

/** Runs Jest in a process group of its own, so that whatever its tests started ends with it. */
export async function runJest(options: JestOptions): Promise<JestExit> {
  const { root, args, environment, outcomeFile, interruption } = options;
  const workers = Math.max(2, Math.floor(availableParallelism() / 2));
  const child = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest],
      ...['--config', 'jest.preset.mjs', '--rootDir', root, `--maxWorkers=${workers}`, ...args],
    ],
    {
      cwd: root,
      env: { ...environment, WEINAO_TEST_OUTCOME: outcomeFile },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    },
  );
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const interrupt = (): void => void stop(child);
  interruption.addEventListener('abort', interrupt);
  if (interruption.aborted) interrupt();
  const watching = new AbortController();
  const hung = endsLate(outcomeFile, child, watching.signal);
  try {
    const [code] = await ended;
    watching.abort();
    return { exitCode: code ?? 1, hung: await hung };
  } finally {
    interruption.removeEventListener('abort', interrupt);
    signalGroup(child, 'SIGKILL');
  }
}

/** Ends a Jest that has its results but is kept alive by what a test left open. */
async function endsLate(outcomeFile: string, child: ChildProcess, ended: AbortSignal): Promise<boolean> {
  try {
    while (!existsSync(outcomeFile)) await pause(200, undefined, { signal: ended });
    await pause(endPatience, undefined, { signal: ended });
  } catch {
    return false;
  }
  signalGroup(child, 'SIGKILL');
  return true;
}

async function stop(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  await pause(stopPatience, undefined, { ref: false });
  signalGroup(child, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
