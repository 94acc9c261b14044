import { fromCloudEvent } from './cloud-event.ts';
import type { CloudEvent, ConsumedEvent } from './cloud-event.ts';
import type { LogPage } from './log-responder.ts';
import { RingBuffer } from './ring-buffer.ts';
import { subjects } from './subjects.ts';
import { Arrivals } from '../arrivals.ts';
import { BusError } from '../bus/bus.ts';
import type { Bus, BusSubscription } from '../bus/bus.ts';
import { Departure } from '../departure.ts';
import { Nap } from '../nap.ts';

export interface ConsumerOptions {
  readonly bus: Bus;
  /** Whose events. */
  readonly plugin: string;
  /** Position after which to begin; 0 for everything. */
  readonly after: bigint;
  /** One event at a time; one that throws comes again, before any later one. */
  handle(event: ConsumedEvent): void | Promise<void>;
  report(message: string, error?: unknown): void;
}

const READ_DEADLINE_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** After so long without a message it asks whether one was lost; up to half as long again, so that not all ask at once. */
const SILENCE_MS = 3_000;
/** What may wait for a slow handler. */
const MOST_WAITING_CHARACTERS = 4_194_304;

/**
 * Another plugin's events, each once and in order. The bus rings; where a ring does not follow on what was handled, at the
 * start, after a reconnect and after a silence, the missing ones are read from the publishing plugin. So every event comes
 * in the end, whatever the bus loses, repeats or reorders.
 */
export class Consumer {
  private position: bigint;
  private readonly rings = new RingBuffer(MOST_WAITING_CHARACTERS);
  /** Events may be missing that no waiting ring brings. */
  private behind = true;
  private stopped = false;
  private readonly departure = new Departure();
  private running: Promise<void> | undefined;
  private readonly nap = new Nap();
  private readonly arrivals = new Arrivals((position) => this.position >= position);
  private subscription: BusSubscription | undefined;
  private stopListening: () => void = () => undefined;
  private caughtUp: () => void = () => undefined;
  /** Resolves when everything that stood in the log at the start was handled. */
  readonly ready = new Promise<void>((resolve) => (this.caughtUp = resolve));

  constructor(private readonly options: ConsumerOptions) {
    this.position = options.after;
  }

  start(): void {
    const { bus, plugin } = this.options;
    this.subscription = bus.subscribe(subjects.eventsOf(plugin), ({ text }) => this.hear(text));
    this.stopListening = bus.onReconnect(() => this.repair());
    this.running = this.run();
  }

  /** Waits for the event that is being handled. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.departure.leave();
    this.nap.end();
    this.stopListening();
    await this.subscription?.stop();
    await this.running;
  }

  /** Resolves once everything up to the position was handled; reads what is missing at once. @throws Error when late */
  async reached(position: bigint, timeoutMs: number): Promise<void> {
    if (this.position >= position) return;
    this.repair();
    const late = `The events of ${this.options.plugin} up to ${position} did not come within ${timeoutMs} ms`;
    await this.arrivals.until(position, timeoutMs, late);
  }

  private hear(text: string): void {
    if (this.behind) return; // what it is going to read has this event, too
    if (!this.rings.add(text)) this.behind = true;
    this.nap.end();
  }

  /** Asked while it reads, it reads once more: what is asked for may have come after the answer that is on its way. */
  private repair(): void {
    this.behind = true;
    this.nap.end();
  }

  private async run(): Promise<void> {
    const { plugin, report } = this.options;
    let pause = FIRST_PAUSE_MS;
    while (!this.stopped) {
      try {
        await this.goOn();
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        this.behind = true;
        if (!(error instanceof BusError))
          report(`Consuming the events of ${plugin} failed; trying again`, error);
        if (!this.stopped) await this.nap.sleep(pause);
        if (pause === LONGEST_PAUSE_MS) continue;
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        // once: where nobody runs the plugin that is how it stays
        if (pause === LONGEST_PAUSE_MS && error instanceof BusError)
          report(`Still waiting for the log of ${plugin}`, error);
      }
    }
  }

  private async goOn(): Promise<void> {
    if (this.behind) return this.readPage();
    const ring = this.rings.take();
    if (ring !== undefined) return this.take(JSON.parse(ring) as CloudEvent);
    const isSilent = await this.nap.sleep(SILENCE_MS * (1 + Math.random() / 2));
    if (isSilent) this.behind = true;
  }

  private async take(event: CloudEvent): Promise<void> {
    if (BigInt(event.sequence) <= this.position) return;
    if (BigInt(event.previous) === this.position) await this.handle(event);
    else this.behind = true;
  }

  private async readPage(): Promise<void> {
    const { bus, plugin } = this.options;
    this.behind = false;
    this.rings.clear();
    const request = JSON.stringify({ after: this.position.toString() });
    const answer = bus.request(subjects.readLog(plugin), request, { timeoutMs: READ_DEADLINE_MS });
    const text = await this.departure.unlessLeft(answer);
    if (text === undefined) return;
    const page = JSON.parse(text) as LogPage;
    for (const event of page.events) {
      if (this.stopped) return;
      if (BigInt(event.sequence) > this.position) await this.handle(event);
    }
    if (this.position < BigInt(page.head)) this.behind = true;
    else this.caughtUp();
  }

  private async handle(event: CloudEvent): Promise<void> {
    await this.options.handle(fromCloudEvent(event));
    this.position = BigInt(event.sequence);
    this.arrivals.moved();
  }
}
