import { atExpiry } from './expiry.ts';
import type { LiveMessage } from './live.message.ts';
import type { LiveOutlet } from './live.outlet.ts';
import { HEARTBEAT } from '../edges/server-sent-events.ts';
import type { ServerSentEvents } from '../edges/server-sent-events.ts';

const COMPLETE = Buffer.from('event: complete\ndata: \n\n');

/** A subscriber by server-sent events: its connection is the subscription, and ends with the token. */
export class EventStreamOutlet implements LiveOutlet {
  private isOpen = false;

  /** @param until when the token ends, in milliseconds since 1970 */
  constructor(
    private readonly events: ServerSentEvents,
    private readonly until: number,
  ) {}

  get isClosed(): boolean {
    return this.events.isClosed;
  }

  onClose(listener: () => void): void {
    this.events.onClose(listener);
  }

  open(): void {
    this.begin();
    this.events.write(HEARTBEAT);
  }

  hear(message: LiveMessage): void {
    this.events.write(message.eventStreamFrame);
  }

  beat(): void {
    if (this.isOpen) this.events.write(HEARTBEAT);
  }

  complete(): void {
    this.begin();
    this.events.end(COMPLETE);
  }

  breakOff(): void {
    this.begin();
    this.events.end();
  }

  private begin(): void {
    if (this.isOpen || this.isClosed) return;
    this.isOpen = true;
    this.events.open();
    this.onClose(atExpiry(this.until, () => this.events.end()));
  }
}
