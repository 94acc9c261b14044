import type { Pool } from 'pg';
import { EffectKeeper } from './effect-keeper.ts';
import { EffectRunner } from './effect-runner.ts';
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

/** A plugin's outside effects: what its log leads to is kept, and performed until it is done or dead. */
export class Effects {
  private readonly keeper: EffectKeeper;
  private readonly runner: EffectRunner;

  constructor(options: EffectsOptions) {
    this.runner = new EffectRunner(options);
    this.keeper = new EffectKeeper(options, this.runner.wake);
  }

  start(): void {
    this.keeper.start();
    this.runner.start();
  }

  async stop(): Promise<void> {
    await this.keeper.stop();
    await this.runner.stop();
  }

  /** Resolves once what the log leads to up to the position is kept. @throws Error after the deadline */
  reached(position: bigint, timeoutMs: number): Promise<void> {
    return this.keeper.reached(position, timeoutMs);
  }

  /** Resolves when nothing is due by its clock, and nothing is being performed. */
  quiet(): Promise<void> {
    return this.runner.quiet();
  }
}
