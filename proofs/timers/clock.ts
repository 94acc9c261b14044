import type pg from 'pg';
import { persistently } from './persistently.ts';

export const COURT = 'court';

/** The clock was ahead by so much from some time after `from` until some time before `until`, both of the machine's. */
interface Stretch {
  readonly aheadMs: number;
  readonly from: number;
  until: number;
}

/** Sees to what the timers' clock shows, and remembers it. */
export class SteppedClock {
  private readonly stretches: Stretch[] = [{ aheadMs: 0, from: Date.now(), until: Infinity }];
  steps = 0;

  constructor(
    private readonly pool: pg.Pool,
    private readonly schema: string,
  ) {}

  /** In ms since 1970. */
  get now(): number {
    return Date.now() + this.stretches.at(-1)!.aheadMs;
  }

  /** Forwards, or backwards where it is negative. */
  async step(ms: number): Promise<void> {
    const last = this.stretches.at(-1)!;
    const next = { aheadMs: last.aheadMs + Math.round(ms), from: Date.now(), until: Infinity };
    // to a certain place, so that it may be said again when nobody knows whether it was heard
    await persistently(() =>
      this.pool.query(
        `update "${this.schema}".virtual_clock set ahead = $1::float8 * interval '1 millisecond'`,
        [next.aheadMs],
      ),
    );
    last.until = Date.now();
    this.stretches.push(next);
    this.steps += 1;
  }

  /** Whether the clock has ever shown this. */
  hasShown(instant: number): boolean {
    return this.stretches.some(
      ({ aheadMs, from, until }) => instant >= from + aheadMs - 1 && instant <= until + aheadMs,
    );
  }
}
