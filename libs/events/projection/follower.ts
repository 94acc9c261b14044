import { Arrivals } from '../arrivals.ts';
import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';
import { Nap } from '../nap.ts';

/** The work is somebody else's for now, and done up to here. */
export interface StandBy {
  readonly standBy: bigint;
}

export interface FollowerOptions {
  readonly name: string;
  readonly log: EventLog;
  /** The position up to which the work is durably done; or to do nothing and ask again. */
  load(): Promise<bigint | StandBy>;
  /** Does a page and makes its last position durable. @returns false when another process was faster: load again. */
  handle(page: readonly Recorded[], after: bigint): Promise<boolean>;
  report(message: string, error: unknown): void;
}

const PAGE = 500;
/** The doorbell of another process may be lost; then this is how late its events are seen. */
const LOOK_AGAIN_MS = 1_000;
/** Before the first event, and before it is known where to begin. */
const NOWHERE = -1n;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/** Takes a log's events in order, page by page, for as long as it runs; an error is reported and tried again. */
export class Follower {
  private position = 0n;
  private running: Promise<void> | undefined;
  private stopped = false;
  private rung = false;
  private stale = false;
  /** The page after the one that is being handled. */
  private ahead: Promise<readonly Recorded[]> | undefined;
  private readonly nap = new Nap();
  private readonly arrivals = new Arrivals((position) => this.position >= position);

  constructor(private readonly options: FollowerOptions) {}

  start(): void {
    const unsubscribe = this.options.log.onAppend(() => this.ring());
    this.running = this.run().finally(unsubscribe);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.ring();
    await this.running;
  }

  /** Resolves once everything up to the position is done. @throws Error after the deadline */
  async reached(position: bigint, timeoutMs: number): Promise<void> {
    const late = `${this.options.name} did not reach position ${position} within ${timeoutMs} ms`;
    await this.arrivals.until(position, timeoutMs, late);
  }

  /** Begins anew at the position that `load` tells, which somebody has moved. */
  reload(): void {
    this.stale = true;
    this.position = NOWHERE;
    this.ring();
  }

  private ring(): void {
    this.rung = true;
    this.nap.end();
  }

  private async run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let loaded = false;
    while (!this.stopped) {
      try {
        if (this.stale) loaded = false;
        loaded ||= await this.load();
        if (loaded) loaded = await this.handleNext();
        else await this.untilRung(this.arrivals.some ? FIRST_PAUSE_MS : LOOK_AGAIN_MS);
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        if (this.stopped) return;
        this.options.report(
          `${this.options.name} failed after position ${this.position}; trying again`,
          error,
        );
        loaded = false;
        this.ahead = undefined;
        await this.nap.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** @returns false where the work is somebody else's */
  private async load(): Promise<boolean> {
    this.rung = false;
    this.stale = false;
    this.ahead = undefined;
    const position = await this.options.load();
    const standsBy = typeof position === 'object';
    this.moveTo(standsBy ? position.standBy : position);
    return !standsBy;
  }

  /** @returns false when another process was faster */
  private async handleNext(): Promise<boolean> {
    const after = this.position;
    const page = await (this.ahead ?? this.read(after));
    this.ahead = undefined;
    if (page.length === 0) {
      await this.untilRung(LOOK_AGAIN_MS);
      return true;
    }
    const last = page.at(-1)!.position;
    // behind a full page there are more: they are read while this one is handled
    if (page.length === PAGE) this.ahead = this.read(last);
    if (!(await this.options.handle(page, after)) || this.stale) return false;
    this.moveTo(last);
    return true;
  }

  private read(after: bigint): Promise<readonly Recorded[]> {
    this.rung = false; // who appends from now on may not be in it
    const page = this.options.log.read({ after, limit: PAGE });
    page.catch(() => undefined); // it is told of where it is waited for, and nobody may
    return page;
  }

  private moveTo(position: bigint): void {
    this.position = position;
    this.arrivals.moved();
  }

  private async untilRung(ms: number): Promise<void> {
    if (!this.rung && !this.stopped) await this.nap.sleep(ms);
  }
}
