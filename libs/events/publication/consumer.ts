import { fromCloudEvent } from './cloud-event.ts';
import type { CloudEvent, ConsumedEvent } from './cloud-event.ts';
import type { LogPage } from './publisher.ts';
import { subjects } from './subjects.ts';
import type { Bus, BusSubscription } from '../bus/bus.ts';

export interface ConsumerOptions {
  readonly bus: Bus;
  /** Whose events. */
  readonly plugin: string;
  /** Position after which to begin; 0 for everything. */
  readonly after: bigint;
  handle(event: ConsumedEvent): void | Promise<void>;
  report(message: string, error?: unknown): void;
}

const READ_DEADLINE_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Another plugin's events, each once and in order. The bus rings; where a ring does not follow on what was handled,
 * at the start and after a reconnect, the missing ones are read from the publishing plugin.
 */
export class Consumer {
  private position: bigint;
  private readonly stops: (() => void | Promise<void>)[] = [];
  private queue: Promise<void> = Promise.resolve();
  private repairWaits = false;
  private stopped = false;
  private waiting: { position: bigint; resolve: () => void }[] = [];
  private subscription: BusSubscription | undefined;
  private caughtUp: () => void = () => undefined;
  /** Resolves when everything that stood in the log at the start was handled. */
  readonly ready = new Promise<void>((resolve) => (this.caughtUp = resolve));

  constructor(private readonly options: ConsumerOptions) {
    this.position = options.after;
  }

  start(): void {
    const { bus, plugin } = this.options;
    this.subscription = bus.subscribe(subjects.eventsOf(plugin), ({ text }) => {
      const event = JSON.parse(text) as CloudEvent;
      this.enqueue(() => this.take(event));
    });
    this.stops.push(bus.onReconnect(() => this.repair()));
    this.repair();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const stop of this.stops) await stop();
    await this.subscription?.stop();
    await this.queue;
  }

  /** Resolves once everything up to the position was handled; reads what is missing at once. @throws Error when late */
  async reached(position: bigint, timeoutMs: number): Promise<void> {
    if (this.position >= position) return;
    this.repair();
    let timer: NodeJS.Timeout | undefined;
    const late = new Error(
      `The events of ${this.options.plugin} up to ${position} did not come within ${timeoutMs} ms`,
    );
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ position, resolve });
      timer = setTimeout(() => reject(late), timeoutMs);
    }).finally(() => clearTimeout(timer));
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => {
      this.options.report(`Consuming the events of ${this.options.plugin} failed`, error);
    });
  }

  private async take(event: CloudEvent): Promise<void> {
    if (BigInt(event.sequence) <= this.position) return;
    if (BigInt(event.previous) !== this.position) return this.repair();
    try {
      await this.handle(event);
    } catch (error) {
      this.options.report(`Consuming ${event.type} failed; trying again`, error);
      this.repair();
    }
  }

  private async handle(event: CloudEvent): Promise<void> {
    await this.options.handle(fromCloudEvent(event));
    this.position = BigInt(event.sequence);
    const reached = this.waiting.filter((entry) => entry.position <= this.position);
    this.waiting = this.waiting.filter((entry) => entry.position > this.position);
    for (const { resolve } of reached) resolve();
  }

  /** Asked while another one reads, it reads once more: what is asked for may have come after that one's answer. */
  private repair(): void {
    if (this.repairWaits) return;
    this.repairWaits = true;
    this.enqueue(() => {
      this.repairWaits = false;
      return this.readMissing();
    });
  }

  private async readMissing(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!this.stopped) {
      try {
        if (await this.readPage()) return this.caughtUp();
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        if (pause === LONGEST_PAUSE_MS)
          this.options.report(`Still waiting for the log of ${this.options.plugin}`, error);
        await new Promise((resolve) => setTimeout(resolve, pause));
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** @returns whether nothing is missing any more. */
  private async readPage(): Promise<boolean> {
    const { bus, plugin } = this.options;
    const request = JSON.stringify({ after: this.position.toString() });
    const page = JSON.parse(
      await bus.request(subjects.readLog(plugin), request, { timeoutMs: READ_DEADLINE_MS }),
    ) as LogPage;
    for (const event of page.events) {
      if (BigInt(event.sequence) > this.position) await this.handle(event);
    }
    return this.position >= BigInt(page.head);
  }
}
