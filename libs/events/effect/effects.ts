import { EffectKeeper } from './effect-keeper.ts';
import { EffectRunner } from './effect-runner.ts';
import type { EffectsOptions } from './effects.options.ts';

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
