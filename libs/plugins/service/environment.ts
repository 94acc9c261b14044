import { connectNats } from '@weinao/events';
import type { Bus } from '@weinao/events';

/** A sentence for the operator; the process ends with exit code 1 and no stack. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** @throws StartupError that names the variable */
export function requiredVariable(name: string, example: string): string {
  const value = process.env[name];
  if (!value)
    throw new StartupError(`${name} is not set; a process of its own needs it, such as ${name}=${example}`);
  return value;
}

/** @throws StartupError for a port that is none */
export function portVariable(name: string, otherwise: number): number {
  const text = process.env[name] || String(otherwise);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new StartupError(`${name} must be a port between 0 and 65535, and is "${text}"`);
  }
  return port;
}

export const connectBus = (name: string): Promise<Bus> =>
  connectNats({ url: requiredVariable('NATS_URL', 'nats://127.0.0.1:4222'), name, report: reportToConsole });

export function reportToConsole(message: string, error?: unknown): void {
  console.error(error === undefined ? message : `${message}: ${describe(error)}`);
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
