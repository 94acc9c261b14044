import type { FeedOpening, PathParams } from '@weinao/plugins';
import { frameOf, HEARTBEAT } from './server-sent-events.ts';
import type { ServerSentEvents } from './server-sent-events.ts';

/** A message as all who should have it are sent it. */
export interface Frame {
  /** Undefined for everybody. */
  readonly channels: readonly string[] | undefined;
  readonly bytes: Buffer;
}

/** Somebody connected. What is told while it is being opened waits, until it is known from which position on it counts. */
export class FeedConnection {
  private waiting: { readonly position: bigint; readonly frames: readonly Frame[] }[] | undefined = [];
  private channels: ReadonlySet<string> = new Set();
  private position = 0n;
  private ended = false;

  constructor(
    readonly params: PathParams,
    private readonly outlet: ServerSentEvents,
  ) {}

  get isOpen(): boolean {
    return this.waiting === undefined;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  begin({ channels, position, messages }: FeedOpening): void {
    this.channels = new Set(channels);
    this.position = BigInt(position);
    this.outlet.open();
    this.outlet.write(Buffer.concat([HEARTBEAT, ...messages.map(frameOf)]));
    const waited = this.waiting!;
    this.waiting = undefined;
    for (const { position: at, frames } of waited) this.hear(at, frames);
    if (this.ended) this.outlet.end();
  }

  /** What an event led to; what it was told in the beginning already, it passes over. */
  hear(position: bigint, frames: readonly Frame[]): void {
    if (this.waiting) {
      this.waiting.push({ position, frames });
      return;
    }
    if (position <= this.position) return;
    this.position = position;
    for (const { channels, bytes } of frames) {
      if (!channels || channels.some((channel) => this.channels.has(channel))) this.outlet.write(bytes);
    }
  }

  write(bytes: Buffer): void {
    if (this.isOpen) this.outlet.write(bytes);
  }

  /** One that is not open yet ends as soon as it is. */
  end(): void {
    this.ended = true;
    if (this.isOpen) this.outlet.end();
  }
}
