/** `any`, `no stream`, or the revision of the stream's last event. */
export type ExpectedState = 'any' | 'no-stream' | 'exists' | bigint;

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** An event of an append commits itself, so this is its prepare and its commit position: where its record begins. */
  readonly position: bigint;
  readonly createdMs: number;
}

export type Appended =
  | { readonly outcome: 'appended'; readonly last: StoredEvent }
  | { readonly outcome: 'wrong-version'; readonly current: bigint | undefined }
  | { readonly outcome: 'too-large' };

export interface Page {
  readonly backwards: boolean;
  readonly most: number;
}

/** Of one append, events and their metadata together; a server's default was this for long. */
export const MOST_APPEND_BYTES = 1_048_576;

/** A record's length beside what the caller put into it; a real one is also some 100 bytes. */
const RECORD_BYTES = 97;

/** The events of a KurrentDB server in memory, with the rules that its documentation and source state. */
export class KurrentStore {
  private readonly events: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private end = 0n;

  constructor() {
    const epoch = { id: crypto.randomUUID(), type: '$EpochInformation', contentType: 'application/json' };
    this.append('$epoch-information', 'any', [
      { ...epoch, data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
    ]);
  }

  /** All of the events or none. The same ids at the same place again are a success that stores nothing. */
  append(stream: string, expected: ExpectedState, proposed: readonly ProposedEvent[]): Appended {
    const bytes = proposed.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (bytes > MOST_APPEND_BYTES) return { outcome: 'too-large' };
    const stored = this.streams.get(stream) ?? [];
    const last = stored.length - 1;
    if (typeof expected === 'bigint' || expected === 'no-stream') {
      const after = expected === 'no-stream' ? -1 : Number(expected);
      if (after < last && proposed.every(({ id }, index) => stored[after + 1 + index]?.id === id)) {
        return { outcome: 'appended', last: stored[after + proposed.length]! };
      }
      if (after !== last) return wrongVersion(last);
    }
    if (expected === 'exists' && last < 0) return wrongVersion(last);
    const written = proposed.map((event, index) => this.write(stream, BigInt(last + 1 + index), event));
    this.streams.set(stream, [...stored, ...written]);
    return { outcome: 'appended', last: written.at(-1)! };
  }

  /** @returns undefined for a stream that is not there. */
  readStream(
    stream: string,
    from: bigint | 'start' | 'end',
    { backwards, most }: Page,
  ): StoredEvent[] | undefined {
    const stored = this.streams.get(stream);
    if (!stored) return undefined;
    const place = from === 'start' ? 0 : from === 'end' ? stored.length - 1 : Number(from);
    return backwards
      ? stored
          .slice(0, place + 1)
          .reverse()
          .slice(0, most)
      : stored.slice(place).slice(0, most);
  }

  /**
   * In commit order. Forwards a position includes the record that begins there, backwards it excludes it.
   *
   * @returns undefined for a position at which no record begins.
   */
  readAll(
    from: bigint | 'start' | 'end',
    { backwards, most }: Page,
    matches: (event: StoredEvent) => boolean,
  ): StoredEvent[] | undefined {
    const position = from === 'start' ? 0n : from === 'end' ? this.end : from;
    const place = position === this.end ? this.events.length : this.placeOf(position);
    if (place === undefined) return undefined;
    const found: StoredEvent[] = [];
    const step = backwards ? -1 : 1;
    for (let n = backwards ? place - 1 : place; found.length < most; n += step) {
      const event = this.events[n];
      if (!event) break;
      if (matches(event)) found.push(event);
    }
    return found;
  }

  private write(stream: string, revision: bigint, proposed: ProposedEvent): StoredEvent {
    const event = { ...proposed, stream, revision, position: this.end, createdMs: Date.now() };
    this.events.push(event);
    this.end += BigInt(RECORD_BYTES + stream.length + event.data.length + event.metadata.length);
    return event;
  }

  private placeOf(position: bigint): number | undefined {
    let [low, high] = [0, this.events.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.events[middle]!.position;
      if (found === position) return middle;
      if (found < position) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}

const wrongVersion = (last: number): Appended => ({
  outcome: 'wrong-version',
  current: last < 0 ? undefined : BigInt(last),
});
