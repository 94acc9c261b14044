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
      setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
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
    await running.stop();
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0); // it was still starting, and has taken down what was up
    console.error(isExpected(error) ? error.message : error);
    process.exit(1);
  }
}

/** The promise's value, unless the signal comes first. @throws the signal's reason */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Errors that speak to the operator in one sentence: ours, and those of the system such as ECONNREFUSED. */
const isExpected = (error: unknown): error is Error =>
  error instanceof StartupError ||
  (error instanceof Error && ('code' in error || error.name.startsWith('DataDirectory')));
