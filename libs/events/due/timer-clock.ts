import type { Pool } from 'pg';
import type { Clock } from '../decision/command-handler.ts';

/** The one clock that says what is due: nothing is done before it has come so far. */
export interface TimerClock {
  now(): Promise<Date>;
  /** Called after the clock was set, where that can be known; a watchdog notices the rest. @returns how to stop listening */
  onStep(listener: () => void): () => void;
}

/** PostgreSQL's clock: one for all processes of a plugin, whatever their own clocks say. */
export class DatabaseClock implements TimerClock {
  constructor(private readonly pool: Pool) {}

  async now(): Promise<Date> {
    const { rows } = await this.pool.query<{ now: Date }>(
      // cut, not rounded: a rounded one would be early by half a millisecond
      `select date_trunc('milliseconds', clock_timestamp()) as now`,
    );
    return rows[0]!.now;
  }

  onStep(): () => void {
    return () => undefined;
  }
}

/** Time in the memory of one process that passes only when it is told to. */
export class VirtualClock implements TimerClock {
  private instant: number;
  private readonly listeners = new Set<() => void>();

  constructor(start: string | Date) {
    this.instant = new Date(start).getTime();
  }

  /** The same time for decisions. */
  readonly clock: Clock = () => new Date(this.instant);

  now(): Promise<Date> {
    return Promise.resolve(this.clock());
  }

  onStep(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(instant: string | Date): void {
    this.instant = new Date(instant).getTime();
    for (const listener of this.listeners) listener();
  }

  advance(ms: number): void {
    this.set(new Date(this.instant + ms));
  }
}
