import type { Recorded } from '../event.ts';

export interface NewestEventsLimits {
  readonly mostEvents: number;
  /** Of data and metadata as JSON. */
  readonly mostCharacters: number;
}

/** A piece of a log without holes, up to the newest event that is known. Beyond the limits it forgets the oldest. */
export class NewestEvents {
  private events: Recorded[] = [];
  private sizes: number[] = [];
  private characters = 0;
  private last: bigint;

  constructor(
    /** Everything after this position, and up to `end`, is here. */
    private begin: bigint,
    private readonly limits: NewestEventsLimits,
  ) {
    this.last = begin;
  }

  get end(): bigint {
    return this.last;
  }

  holdsWhatFollows(position: bigint): boolean {
    return this.begin <= position && position <= this.last;
  }

  after(position: bigint, limit: number): Recorded[] {
    const first = this.events.findLastIndex((event) => event.position <= position) + 1;
    return this.events.slice(first, first + limit);
  }

  /** The page of the log that follows on `end`. */
  add(page: readonly Recorded[]): void {
    for (const event of page) {
      const size = JSON.stringify(event.data).length + JSON.stringify(event.metadata).length;
      this.events.push(event);
      this.sizes.push(size);
      this.characters += size;
      this.last = event.position;
    }
    this.forgetOldest();
  }

  private forgetOldest(): void {
    const { mostEvents, mostCharacters } = this.limits;
    let forgotten = 0;
    while (this.events.length - forgotten > mostEvents || this.characters > mostCharacters) {
      this.characters -= this.sizes[forgotten]!;
      this.begin = this.events[forgotten]!.position;
      forgotten++;
    }
    if (forgotten === 0) return;
    this.events = this.events.slice(forgotten);
    this.sizes = this.sizes.slice(forgotten);
  }
}
