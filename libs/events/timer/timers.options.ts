import type { Pool } from 'pg';
import type { Timer } from './timer.ts';
import type { Communities } from '../decision/communities.ts';
import type { Snapshots } from '../decision/snapshots.ts';
import type { TimerClock } from '../due/timer-clock.ts';
import type { EventLog } from '../log/event-log.ts';

export interface TimersOptions {
  /** Whose timers; also the schema of their rows. */
  readonly plugin: string;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: TimerClock;
  readonly timers: readonly Timer[];
  readonly communities: Communities;
  /** Without them, every event of a stream is read for each command. */
  readonly snapshots?: Snapshots | undefined;
  /** How often the watchdog looks; 15 s unless said otherwise. */
  readonly watchEveryMs?: number;
  report(message: string, error?: unknown): void;
}
