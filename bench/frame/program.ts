import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a program of this repository as an operator would.
 *
 * @returns the first match in what it prints
 * @throws Error when it ends without one
 */
export async function startProgram(
  file: string,
  environment: Readonly<Record<string, string>>,
  ready: RegExp,
  cleanup: AsyncDisposableStack,
): Promise<RegExpExecArray> {
  const program = spawn(process.execPath, ['--import', './tools/typescript.mjs', file], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(program, 'exit');
  const endWithUs = (): void => void program.kill('SIGKILL');
  process.once('exit', endWithUs);
  cleanup.defer(async () => {
    process.removeListener('exit', endWithUs);
    program.kill('SIGKILL');
    await ended;
  });
  let output = '';
  const found = new Promise<RegExpExecArray>((resolve) => {
    for (const stream of [program.stdout, program.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-10_000);
        const match = ready.exec(output);
        if (match) resolve(match);
      });
    }
  });
  const failed = ended.then(() => Promise.reject(new Error(`${file} ended before it was ready:\n${output}`)));
  return Promise.race([found, failed]);
}
