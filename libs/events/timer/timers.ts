import { TimerKeeper } from './timer-keeper.ts';
import { TimerRunner } from './timer-runner.ts';
import type { TimersOptions } from './timers.options.ts';

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
