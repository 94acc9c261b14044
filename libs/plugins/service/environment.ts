import { connectNats } from '@weinao/events';
import type { NatsBus } from '@weinao/events';

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

const MOST_DAYS = 36_500;

/**
 * How many days the stream for integrators keeps an event, 0 for ever; undefined where WEINAO_JETSTREAM is not `on`.
 *
 * @throws StartupError for a value that is none
 */
export function eventStreamDays(): number | undefined {
  const { WEINAO_JETSTREAM: wanted = 'off', WEINAO_JETSTREAM_DAYS: text = '30' } = process.env;
  if (!/^(on|off|)$/.test(wanted))
    throw new StartupError(`WEINAO_JETSTREAM must be on or off, and is "${wanted}"`);
  if (wanted !== 'on') return undefined;
  if (!/^\d+$/.test(text) || Number(text) > MOST_DAYS) {
    throw new StartupError(
      `WEINAO_JETSTREAM_DAYS must be a number of days up to ${MOST_DAYS}, and is "${text}"`,
    );
  }
  return Number(text);
}

export const connectBus = (name: string): Promise<NatsBus> =>
  connectNats({ url: requiredVariable('NATS_URL', 'nats://127.0.0.1:4222'), name, report: reportToConsole });

export function reportToConsole(message: string, error?: unknown): void {
  console.error(error === undefined ? message : `${message}: ${describe(error)}`);
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
