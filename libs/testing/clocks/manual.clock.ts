import { VirtualClock } from '@weinao/events';
import type { Clock, TimerClock } from '@weinao/events';

/** Time that passes only when it is told to. `clock.now` is a `Clock` by itself, `clock.timers` the same time for timers. */
export class ManualClock {
  private readonly virtual: VirtualClock;

  constructor(start: string | Date = '2026-03-02T08:00:00.000Z') {
    this.virtual = new VirtualClock(start);
  }

  readonly now: Clock = () => this.virtual.clock();

  get timers(): TimerClock {
    return this.virtual;
  }

  advance(ms: number): void {
    this.virtual.advance(ms);
  }
}
