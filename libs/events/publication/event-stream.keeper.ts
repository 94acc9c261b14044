import { EventStream } from './event-stream.ts';
import type { NatsBus } from '../bus/nats.bus.ts';
import { Nap } from '../nap.ts';

export interface EventStreamKeeperOptions {
  readonly bus: NatsBus;
  /** How long the stream keeps an event; 0 for ever. */
  readonly maxAgeDays: number;
  report(message: string, error?: unknown): void;
}

const LOOK_AGAIN_MS = 30_000;
const TRY_AGAIN_MS = 2_000;

/** Sees to it that the event stream is there: at the start, after each reconnect, and now and then. */
export class EventStreamKeeper {
  private stopped = false;
  private missing = false;
  private readonly nap = new Nap();
  private stopListening: () => void = () => undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: EventStreamKeeperOptions) {}

  start(): void {
    this.stopListening = this.options.bus.onReconnect(() => this.nap.end());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    this.nap.end();
    await this.running;
  }

  private async run(): Promise<void> {
    const { bus, maxAgeDays, report } = this.options;
    while (!this.stopped) {
      try {
        await (await EventStream.over(bus)).ensure(maxAgeDays);
        this.missing = false;
      } catch (error) {
        if (!this.missing && !this.stopped)
          report('The event stream for integrators cannot be kept; trying again', error);
        this.missing = true;
      }
      if (!this.stopped) await this.nap.sleep(this.missing ? TRY_AGAIN_MS : LOOK_AGAIN_MS);
    }
  }
}
