import type { ConsumedEvent } from '@weinao/events';
import type { LiveMessage } from './live.message.ts';
import type { LiveListener, LiveOutlet } from './live.outlet.ts';
import type { Missed } from './missed.events.ts';

export interface CatchUpOptions {
  /** @throws HttpError where nothing can be resumed */
  read(): Promise<Missed>;
  /** Undefined where there is nothing to tell of it. @throws Error where it cannot be told now */
  ask(event: ConsumedEvent): Promise<LiveMessage | undefined>;
  /** Whoever has caught up to a position is told the rest by the group. */
  join(outlet: LiveOutlet, after: bigint): void;
  report(message: string, error: unknown): void;
}

/** What may happen while it is caught up with. */
const MOST_WAITING_CHARACTERS = 1_048_576;

/**
 * Subscribers who come back with the same id are told together what they missed. What happens meanwhile waits, so that
 * everything comes once and in the log's order.
 */
export class CatchUp implements LiveListener {
  private readonly members = new Set<LiveOutlet>();
  private waiting: LiveMessage[] = [];
  private characters = 0;
  private isOver = false;
  private isJoinable = true;
  private readonly missed: Promise<Missed>;
  /** Resolves once all members are open. @throws HttpError where nothing can be resumed */
  readonly opened: Promise<void>;
  /** Resolves when all have been told, or have been sent away. */
  readonly finished: Promise<void>;

  constructor(private readonly options: CatchUpOptions) {
    this.missed = options.read();
    this.opened = this.open();
    this.finished = this.run().catch(() => undefined); // who waits for it to open is told why it does not
  }

  /** Who comes later would not hear what was told already. */
  get takesMore(): boolean {
    return this.isJoinable && !this.isOver;
  }

  /** @returns how to leave */
  add(outlet: LiveOutlet): () => void {
    this.members.add(outlet);
    return () => void this.members.delete(outlet);
  }

  hear(message: LiveMessage): void {
    this.waiting.push(message);
    this.characters += message.payload.length;
    if (this.characters > MOST_WAITING_CHARACTERS) this.breakOff();
  }

  beat(): void {
    for (const member of this.members) member.beat();
  }

  complete(): void {
    this.isOver = true;
    for (const member of this.members) member.complete();
  }

  private async open(): Promise<void> {
    await this.missed;
    this.isJoinable = false;
    for (const member of this.members) member.open();
  }

  private async run(): Promise<void> {
    await this.opened;
    const { events, upTo } = await this.missed;
    try {
      for (const event of events) {
        if (this.members.size === 0 || this.isOver) return;
        const message = await this.options.ask(event);
        if (message) this.tell(message);
      }
      if (!this.isOver) this.goOn(upTo);
    } catch (error) {
      this.options.report('Somebody who came back could not be told what was missed', error);
      this.breakOff();
    }
  }

  private breakOff(): void {
    this.isOver = true;
    this.waiting = [];
    for (const member of this.members) member.breakOff();
  }

  private goOn(upTo: bigint): void {
    for (const message of this.waiting) if (message.position > upTo) this.tell(message);
    for (const member of this.members) this.options.join(member, upTo);
  }

  private tell(message: LiveMessage): void {
    for (const member of this.members) member.hear(message);
  }
}
