import {
  BACKWARDS,
  END,
  ErrorType,
  isCommandError,
  KurrentDBClient,
  NO_STREAM,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import type {
  CommandError,
  EventData,
  ReadPosition,
  RecordedEvent,
  ResolvedEvent,
} from '@kurrent/kurrentdb-client';

/** What the server says about a request; anything else may be the connection's fault. */
const ANSWERS: ReadonlySet<ErrorType> = new Set([
  ErrorType.WRONG_EXPECTED_VERSION,
  ErrorType.STREAM_NOT_FOUND,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
]);

/** The client has deadlines of its own, not for everything; this is the last one. Long, because a filtered read may pass many events. */
const DEADLINE_MS = 60_000;

interface Use {
  readonly client: KurrentDBClient;
  users: number;
  /** Whether its appending half is connected. Where it is not, asking it for its channel would begin to connect. */
  isConnected: boolean;
}

/**
 * A client of KurrentDB that is made anew when it broke: its reading half gives up for ever where the first connection
 * fails. All reads go to the leader, so that what was appended can be read.
 */
export class KurrentConnection {
  private current: Use | undefined;

  /**
   * @param url such as `kurrentdb://127.0.0.1:2113?tls=false`
   * @throws Error for one that is none
   */
  constructor(
    private readonly url: string,
    private readonly deadlineMs = DEADLINE_MS,
  ) {
    this.current = this.connect();
  }

  /**
   * @param expectedRevision of the stream's last event; -1 for a stream without events
   * @returns position of the last of the events, where the server tells it
   * @throws CommandError: WrongExpectedVersion, MaxAppendSizeExceeded (not stored), others (not known)
   */
  append(stream: string, expectedRevision: number, events: EventData[]): Promise<bigint | undefined> {
    const streamState = expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision);
    return this.use(async (client, used) => {
      try {
        const { position } = await client.appendToStream(stream, events, { streamState });
        used.isConnected = true;
        return position?.commit;
      } catch (error) {
        used.isConnected = isAnswer(error);
        throw error;
      }
    });
  }

  /** The events of a stream from a revision on; none for one that is not there. */
  async readStream(stream: string, fromRevision: number, maxCount?: number): Promise<RecordedEvent[]> {
    const options = { fromRevision: BigInt(fromRevision), requiresLeader: true };
    try {
      return await this.read((client) =>
        eventsOf(client.readStream(stream, maxCount === undefined ? options : { ...options, maxCount })),
      );
    } catch (error) {
      if (isOf(error, ErrorType.STREAM_NOT_FOUND)) return [];
      throw error;
    }
  }

  /** The events of all streams with the prefix in commit order, from that position on, itself included; 0 for everything. */
  readAll(prefix: string, from: bigint, maxCount: number): Promise<RecordedEvent[]> {
    // what an append writes commits itself: its prepare position is its commit position
    const fromPosition: ReadPosition = from === 0n ? START : { commit: from, prepare: from };
    const filter = streamNameFilter({ prefixes: [prefix] });
    return this.read((client) =>
      eventsOf(client.readAll({ fromPosition, maxCount, filter, requiresLeader: true })),
    );
  }

  /** Position of the last event, of the streams with the prefix or of all; 0 where there is none. */
  async end(prefix?: string): Promise<bigint> {
    const filter = prefix === undefined ? undefined : streamNameFilter({ prefixes: [prefix] });
    const options = { fromPosition: END, direction: BACKWARDS, maxCount: 1, requiresLeader: true } as const;
    const [last] = await this.read((client) =>
      eventsOf(client.readAll(filter ? { ...options, filter } : options)),
    );
    return last ? positionOf(last) : 0n;
  }

  async close(): Promise<void> {
    const last = this.current;
    this.current = undefined;
    if (last?.users === 0) await disconnect(last);
  }

  private connect(): Use {
    return { client: KurrentDBClient.connectionString(this.url), users: 0, isConnected: false };
  }

  /** A read may be asked again: once, where the connection broke or did not come up. */
  private async read<Value>(work: (client: KurrentDBClient) => Promise<Value>): Promise<Value> {
    try {
      return await this.use(work);
    } catch (error) {
      if (!isOf(error, ErrorType.UNAVAILABLE)) throw error;
      return this.use(work);
    }
  }

  private async use<Value>(work: (client: KurrentDBClient, used: Use) => Promise<Value>): Promise<Value> {
    const used = (this.current ??= this.connect());
    used.users++;
    try {
      return await within(this.deadlineMs, work(used.client, used));
    } catch (error) {
      if (!isAnswer(error) && this.current === used) this.current = undefined;
      throw error;
    } finally {
      used.users--;
      if (used.users === 0 && this.current !== used) await disconnect(used);
    }
  }
}

/** @throws Error where the server is too old to tell positions when a stream is read. */
export function positionOf({ position, streamId }: RecordedEvent): bigint {
  if (position === undefined || position.commit === NOT_TOLD) {
    throw new Error(
      `KurrentDB does not tell the position of an event of ${streamId}: it must be 22.6 or newer`,
    );
  }
  return position.commit;
}

const NOT_TOLD = 0xffff_ffff_ffff_ffffn;

export const isOf = (error: unknown, type: ErrorType): boolean =>
  isCommandError(error as Error) && (error as CommandError).type === type;

const isAnswer = (error: unknown): boolean =>
  isCommandError(error as Error) && ANSWERS.has((error as CommandError).type);

async function eventsOf(events: AsyncIterable<ResolvedEvent>): Promise<RecordedEvent[]> {
  const read: RecordedEvent[] = [];
  for await (const { event } of events) if (event) read.push(event);
  return read;
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`KurrentDB did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** The client can end its streams, but has no public way to close the channel below them. */
async function disconnect({ client, isConnected }: Use): Promise<void> {
  await client.dispose();
  if (!isConnected) return;
  const channel = await (client as unknown as { getChannel(): Promise<{ close(): void }> }).getChannel();
  channel.close();
}
