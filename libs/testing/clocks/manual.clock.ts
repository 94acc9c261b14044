import type { Clock } from '@weinao/events';

/** Time that passes only when it is told to. `clock.now` is a `Clock` by itself. */
export class ManualClock {
  private instant: number;

  constructor(start: string | Date = '2026-03-02T08:00:00.000Z') {
    this.instant = new Date(start).getTime();
  }

  readonly now: Clock = () => new Date(this.instant);

  advance(ms: number): void {
    this.instant += ms;
  }
}
