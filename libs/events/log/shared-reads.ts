import type { AppendRequest, EventLog, KnownCommand, ReadOptions, StreamRange } from './event-log.ts';
import { NewestEvents } from './newest-events.ts';
import type { NewestEventsLimits } from './newest-events.ts';
import type { Recorded } from '../event.ts';

const LIMITS: NewestEventsLimits = { mostEvents: 10_000, mostCharacters: 16_777_216 };
const PAGE_AT_THE_HEAD = 1_000;

/**
 * The same log, read once for all who follow it: the newest events stay in memory, so that many followers at the head
 * cost one read a page. Who lags behind reads for himself, and what he reads is not kept. Readers share the events, so
 * none may change them; it stands above `withUpcasters`, which then works once an event as well.
 */
export class SharedReads implements EventLog {
  private newest: NewestEvents | undefined;
  /** The read that goes on at the end of what is known. */
  private underWay: Promise<boolean> = Promise.resolve(true);
  /** The one after it, for those who ask until it begins. */
  private next: Promise<boolean> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly limits = LIMITS,
  ) {}

  /** As the log itself: what was appended before the call is in the page, unless that is full. */
  async read({ after, limit }: ReadOptions): Promise<Recorded[]> {
    const known = this.knownAfter(after, limit);
    if (!known) return this.readAlone({ after, limit });
    if (known.length === limit) return known;
    const reachedHead = await (this.next ??= this.readOn());
    const page = this.knownAfter(after, limit);
    return page && (reachedHead || page.length === limit) ? page : this.readAlone({ after, limit });
  }

  append(request: AppendRequest): Promise<Recorded[]> {
    return this.log.append(request);
  }

  readStream(stream: string, range?: StreamRange): Promise<Recorded[]> {
    return this.log.readStream(stream, range);
  }

  head(): Promise<bigint> {
    return this.log.head();
  }

  findCommand(id: string): Promise<KnownCommand | undefined> {
    return this.log.findCommand(id);
  }

  onAppend(listener: () => void): () => void {
    return this.log.onAppend(listener);
  }

  ring(): void {
    this.log.ring();
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private knownAfter(position: bigint, limit: number): Recorded[] | undefined {
    return this.newest?.holdsWhatFollows(position) ? this.newest.after(position, limit) : undefined;
  }

  /** @returns whether it came to the head. What was under way may have begun before the last append, so it does not count. */
  private async readOn(): Promise<boolean> {
    await endOfTurn(); // an append wakes all followers in one turn
    await this.underWay.catch(() => undefined); // those who waited for it know
    this.next = undefined;
    this.underWay = this.extend(this.newest!);
    return this.underWay;
  }

  private async extend(newest: NewestEvents): Promise<boolean> {
    const page = await this.log.read({ after: newest.end, limit: PAGE_AT_THE_HEAD });
    newest.add(page);
    return page.length < PAGE_AT_THE_HEAD;
  }

  private async readAlone(options: ReadOptions): Promise<Recorded[]> {
    const page = await this.log.read(options);
    const end = page.at(-1)?.position ?? options.after;
    const hasReachedHead = page.length < options.limit;
    if (hasReachedHead && end > (this.newest?.end ?? -1n)) {
      this.newest = new NewestEvents(options.after, this.limits);
      this.newest.add(page);
    }
    return page;
  }
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
