import { StandingClock } from '@weinao/events';
import type { Clock, TimerClock } from '@weinao/events';
import { StartupError } from './environment.ts';

export interface ServiceClock {
  readonly clock: Clock;
  /** The database's own where it is left out. */
  readonly timerClock?: TimerClock;
  close(): Promise<void>;
}

/**
 * The time of this machine; with WEINAO_CLOCK=virtual one that stands still in the database until
 * `weinao clock advance` moves it.
 *
 * @throws StartupError for a value that is neither
 */
export async function openServiceClock(databaseUrl: string): Promise<ServiceClock> {
  const { WEINAO_CLOCK: wanted = '' } = process.env;
  if (!/^(real|virtual|)$/.test(wanted))
    throw new StartupError(`WEINAO_CLOCK must be real or virtual, and is "${wanted}"`);
  if (wanted !== 'virtual') return { clock: () => new Date(), close: () => Promise.resolve() };
  const standing = await StandingClock.open(databaseUrl);
  return { clock: standing.clock, timerClock: standing, close: () => standing.close() };
}
