import type { Pool } from 'pg';
import type { Timer } from './timer.ts';
import { TimerKeeper } from './timer-keeper.ts';
import { TimerRunner } from './timer-runner.ts';
import type { Communities } from '../decision/communities.ts';
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
  /** How often the watchdog looks; 15 s unless said otherwise. */
  readonly watchEveryMs?: number;
  report(message: string, error?: unknown): void;
}

/** A plugin's timers: what waits is kept from its log, and fired when it is due. */
export class Timers {
  private readonly keeper: TimerKeeper;
  private readonly runner: TimerRunner;
  private stopped = false;

  constructor(options: TimersOptions) {
    this.runner = new TimerRunner(options);
    this.keeper = new TimerKeeper(options, this.runner.wakeBy);
  }

  /** Nothing fires before what the log has said meanwhile is known: it may have been cancelled. */
  start(): void {
    this.keeper.start();
    void this.keeper.ready.then(() => {
      if (!this.stopped) this.runner.start();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.keeper.stop();
    await this.runner.stop();
  }

  /** Resolves once what the log says up to the position is kept. @throws Error after the deadline */
  async reached(position: bigint, timeoutMs: number): Promise<void> {
    await this.keeper.reached(position, timeoutMs);
    await this.keeper.ready;
  }

  /** Resolves when nothing is due by its clock. */
  quiet(): Promise<void> {
    return this.runner.quiet();
  }
}
