import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { pinnedNode, Refusal, root } from './installation.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a TypeScript file of this repository on the pinned Node, in the foreground; answers with its exit code. */
export function runTypeScript(file, args, environment) {
  // By the closing of the `ipc` channel the child notices that this process was killed.
  const child = spawn(
    pinnedNode(),
    ['--enable-source-maps', '--import', './tools/typescript.mjs', file, ...args],
    { cwd: root, env: environment, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  // A terminal's SIGINT reaches the child by itself, one that npm passes on does not; two are as good as one.
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Ends the process with the code that `work` answers with; a refusal ends it with its one sentence and 1. */
export async function exitWith(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
