import { execFile } from 'node:child_process';
import type { ServerAccount } from './server.account.ts';

export interface CommandResult {
  succeeded: boolean;
  output: string;
}

/**
 * An aborted `pg_ctl start` is let finish if it does so soon. Interrupted in its first moments, before it has
 * written down which server it started, it would leave that server behind unnoticed.
 */
const abortGrace = 1000;

/** Runs a PostgreSQL program to its end, as the server's user; only a program that cannot run at all rejects. */
export function runCommand(
  account: ServerAccount | undefined,
  program: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<CommandResult> {
  const [file = program, ...rest] = [...(account?.prefix ?? []), program, ...args];
  return new Promise((resolve, reject) => {
    let interruption: NodeJS.Timeout | undefined;
    const child = execFile(file, rest, { env: environment() }, (error, stdout, stderr) => {
      signal?.removeEventListener('abort', interrupt);
      clearTimeout(interruption);
      const output = `${stdout}${stderr}`.trim();
      if (error === null) resolve({ succeeded: true, output });
      else if (typeof error.code === 'number') resolve({ succeeded: false, output });
      else reject(new Error(`${program} could not be run: ${error.message}`, { cause: error }));
    });
    // On SIGINT `pg_ctl start` also ends the server it is starting; SIGTERM would leave the server behind.
    const interrupt = (): void => {
      interruption = setTimeout(() => child.kill('SIGINT'), abortGrace);
    };
    signal?.addEventListener('abort', interrupt);
  });
}

/** Without the caller's PGDATA, PGPORT and the like, and with English messages, which we read. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
