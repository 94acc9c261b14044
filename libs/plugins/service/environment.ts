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
 * The stream for integrators: wanted with WEINAO_JETSTREAM=on, and how many days it keeps an event, 0 for ever.
 *
 * @throws StartupError for a value that is none
 */
export function eventStreamVariables(): { readonly isOn: boolean; readonly maxAgeDays: number } {
  const { WEINAO_JETSTREAM: wanted = 'off', WEINAO_JETSTREAM_DAYS: days = '30' } = process.env;
  if (!/^(on|off|)$/.test(wanted))
    throw new StartupError(`WEINAO_JETSTREAM must be on or off, and is "${wanted}"`);
  if (!/^\d+$/.test(days) || Number(days) > MOST_DAYS) {
    throw new StartupError(
      `WEINAO_JETSTREAM_DAYS must be a number of days up to ${MOST_DAYS}, and is "${days}"`,
    );
  }
  return { isOn: wanted === 'on', maxAgeDays: Number(days) };
}

export const connectBus = (name: string): Promise<NatsBus> =>
  connectNats({ url: requiredVariable('NATS_URL', 'nats://127.0.0.1:4222'), name, report: reportToConsole });

export function reportToConsole(message: string, error?: unknown): void {
  console.error(error === undefined ? message : `${message}: ${describe(error)}`);
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
