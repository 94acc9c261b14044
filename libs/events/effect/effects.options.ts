import type { Pool } from 'pg';
import type { OutsideEffect } from './outside-effect.ts';
import type { TimerClock } from '../due/timer-clock.ts';
import type { EventLog } from '../log/event-log.ts';

export interface EffectsOptions {
  /** Whose effects; also the schema of their rows. */
  readonly plugin: string;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: TimerClock;
  readonly effects: readonly OutsideEffect[];
  /** How often the watchdog wakes it; 15 s unless said otherwise. */
  readonly watchEveryMs?: number;
  report(message: string, error?: unknown): void;
}
