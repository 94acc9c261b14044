import { StartupError } from './environment.ts';

export interface Stoppable {
  stop(): Promise<void>;
}

/** Beyond this a stop that hangs is cut off: Ctrl-C ends everything within five seconds. */
const STOP_DEADLINE_MS = 4_500;

/**
 * Runs something until SIGINT or SIGTERM, or until the launcher that holds our IPC channel is gone, and then stops it.
 * A start that fails says why in one sentence and exits with 1.
 */
export async function runUntilSignal(start: (stopping: AbortSignal) => Promise<Stoppable>): Promise<void> {
  const stopping = new AbortController();
  const asked = new Promise<void>((resolve) => {
    const stop = (): void => {
      stopping.abort();
      resolve();
    };
    // Ctrl-C may arrive twice, once from the terminal and once from npm: the second changes nothing
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    process.on('disconnect', stop);
  });
  try {
    const running = await start(stopping.signal);
    await asked;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    await running.stop();
    process.exit(0);
  } catch (error) {
    console.error(isExpected(error) ? error.message : error);
    process.exit(1);
  }
}

/** Errors that speak to the operator in one sentence: ours, and those of the system such as ECONNREFUSED. */
const isExpected = (error: unknown): error is Error =>
  error instanceof StartupError || (error instanceof Error && ('code' in error || error.name.startsWith('DataDirectory')));
