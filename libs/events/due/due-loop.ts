import type { TimerClock } from './timer-clock.ts';
import { Nap } from '../nap.ts';

export interface Taken {
  readonly some: boolean;
  /** False where more may be due than could be taken at once. */
  readonly all: boolean;
}

export interface DueLoopOptions {
  readonly name: string;
  readonly clock: TimerClock;
  /** Does what is due by then. */
  takeDue(now: Date): Promise<Taken>;
  /** When something is due next; undefined where nothing waits. */
  nextDue(): Promise<Date | undefined>;
  /** Looks for what should have been done; called at intervals, whatever the loop does. */
  watch?(now: Date): Promise<void>;
  /** Between two looks of the watchdog, which also wakes the loop; 15 s unless said otherwise. */
  readonly watchEveryMs?: number | undefined;
  report(message: string, error?: unknown): void;
}

const WATCH_EVERY_MS = 15_000;
/** setTimeout takes no more. */
const LONGEST_SLEEP_MS = 2_147_483_647;
/** Somebody else holds what is due: it will be gone, or free again, soon. */
const HELD_MS = 20;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Sleeps until the next thing is due, does it, and looks again: no polling. What may have changed the answer wakes it:
 * something due earlier, a clock that was set, and at intervals the watchdog, because a clock may be set unseen.
 */
export class DueLoop {
  private running: Promise<void> | undefined;
  private stopped = false;
  private woken = false;
  /** In ms of the clock; undefined while it is looking. */
  private sleepingUntil: number | undefined;
  private readonly nap = new Nap();
  private readonly waiting: (() => void)[] = [];
  private watching: Promise<void> | undefined;
  private readonly endings: (() => void)[] = [];

  constructor(private readonly options: DueLoopOptions) {}

  start(): void {
    const { clock, watchEveryMs = WATCH_EVERY_MS } = this.options;
    this.endings.push(clock.onStep(() => this.wake()));
    const watchdog = setInterval(() => this.watch(), watchEveryMs);
    this.endings.push(() => clearInterval(watchdog));
    this.running = this.run();
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const end of this.endings.splice(0)) end();
    this.nap.end();
    await this.running;
    await this.watching;
    this.answerWaiting();
  }

  /** Look again now. */
  wake(): void {
    this.woken = true;
    if (this.sleepingUntil !== undefined) this.nap.end();
  }

  /** Something is due then: look again, unless it would anyway. */
  wakeBy(due: Date): void {
    if (this.sleepingUntil === undefined || due.getTime() < this.sleepingUntil) this.wake();
  }

  /** Resolves when it has looked, from now on, and nothing was due. */
  quiet(): Promise<void> {
    if (this.stopped || !this.running) return Promise.resolve();
    const asked = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.wake();
    return asked;
  }

  private async run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!this.stopped) {
      try {
        await this.look();
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        if (this.stopped) return;
        this.options.report(`${this.options.name} failed; trying again`, error);
        await this.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  private async look(): Promise<void> {
    const { clock, takeDue, nextDue } = this.options;
    const asked = this.waiting.length;
    this.woken = false;
    const now = (await clock.now()).getTime();
    const began = performance.now();
    const { some, all } = await takeDue(new Date(now));
    if (some && !all) return;
    const next = (await nextDue())?.getTime();
    const isDue = next !== undefined && next <= now;
    if (!isDue) this.answerWaiting(asked);
    if (this.woken || this.stopped) return;
    const until = next ?? Infinity;
    const ms = isDue && !some ? HELD_MS : until - now - (performance.now() - began);
    this.sleepingUntil = until;
    await this.sleep(ms);
    this.sleepingUntil = undefined;
  }

  private answerWaiting(count = this.waiting.length): void {
    for (const resolve of this.waiting.splice(0, count)) resolve();
  }

  private sleep(ms: number): Promise<unknown> {
    return this.nap.sleep(Math.min(Math.max(Math.ceil(ms), 0), LONGEST_SLEEP_MS));
  }

  private watch(): void {
    const { clock, watch, report, name } = this.options;
    this.wake();
    if (!watch || this.watching) return;
    this.watching = clock
      .now()
      .then((now) => watch(now))
      .catch((error: unknown) => report(`The watchdog of ${name} failed; it looks again`, error))
      .finally(() => (this.watching = undefined));
  }
}
