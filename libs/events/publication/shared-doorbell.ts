import { subjects } from './subjects.ts';
import type { Bus, BusSubscription } from '../bus/bus.ts';
import type { EventLog } from '../log/event-log.ts';
import { newId } from '../identifiers.ts';

export interface SharedDoorbellOptions {
  readonly plugin: string;
  readonly log: EventLog;
  readonly bus: Bus;
  report(message: string, error?: unknown): void;
}

/** Rings a log in every process of its plugin when one of them appended. A ring that is lost makes nothing but late. */
export class SharedDoorbell {
  private readonly id = newId();
  private ringing = false;
  private subscription: BusSubscription | undefined;
  private stopListening: () => void = () => undefined;

  constructor(private readonly options: SharedDoorbellOptions) {}

  start(): void {
    const { plugin, bus, log } = this.options;
    this.subscription = bus.subscribe(subjects.appended(plugin), ({ text }) => {
      if (text !== this.id) this.ringHere();
    });
    this.stopListening = log.onAppend(() => {
      if (!this.ringing) this.ringOthers();
    });
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.subscription?.stop();
  }

  /** A ring that came over the bus is not sent back to it. */
  private ringHere(): void {
    this.ringing = true;
    this.options.log.ring();
    this.ringing = false;
  }

  private ringOthers(): void {
    const { plugin, bus, report } = this.options;
    try {
      bus.publish(subjects.appended(plugin), this.id);
    } catch (error) {
      report(`The other processes of ${plugin} were not told of an append`, error); // they look again by themselves
    }
  }
}
