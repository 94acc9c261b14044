import { ErrorType } from '@kurrent/kurrentdb-client';
import { Doorbell } from './doorbell.ts';
import { CommandRepeated, UnstorableEvent, VersionConflict } from './event-log.ts';
import type { AppendRequest, EventLog, KnownCommand, ReadOptions, StreamRange } from './event-log.ts';
import { KurrentCommands } from './kurrent.commands.ts';
import { isOf, KurrentConnection, positionOf } from './kurrent.connection.ts';
import { fromKurrent, toKurrent } from './kurrent.record.ts';
import { serializeRequest } from './serialization.ts';
import type { SerializedEvent } from './serialization.ts';
import { Turnstile } from './turnstile.ts';
import type { Recorded } from '../event.ts';

export interface KurrentOptions {
  /** Connection string, such as `kurrentdb://127.0.0.1:2113?tls=false`. */
  readonly url: string;
  readonly plugin: string;
  /** Beyond this a request that KurrentDB does not answer fails, 60,000 ms unless said otherwise. */
  readonly deadlineMs?: number;
}

/** Each is a call of one connection, and servers let a connection have a hundred. */
const MOST_APPENDS_AT_ONCE = 64;
const HEAD_PAGE = 1_000;

/**
 * The log of one plugin in KurrentDB, in the streams `<plugin>/…`; several processes may append to it at once. Positions
 * are commit positions: in commit order, with gaps. An append is two round trips, one for the command and one for its
 * events, a third where it has several events; a page is two, one where nothing new was written.
 */
export class KurrentEventLog implements EventLog {
  private readonly connection: KurrentConnection;
  private readonly commands: KurrentCommands;
  private readonly prefix: string;
  private readonly turnstile = new Turnstile(MOST_APPENDS_AT_ONCE);
  private readonly doorbell = new Doorbell();
  /** Other plugins' events only stand behind `from` up to `to`: a reader need not pass them twice. */
  private foreign = { from: 0n, to: 0n };
  /** The last position of ours that is known; undefined until somebody asks for the head. */
  private last: bigint | undefined;

  /** @throws Error for a connection string that is none */
  constructor({ url, plugin, deadlineMs }: KurrentOptions) {
    this.connection = new KurrentConnection(url, deadlineMs);
    this.commands = new KurrentCommands(this.connection, plugin);
    this.prefix = `${plugin}/`;
  }

  async append(request: AppendRequest): Promise<Recorded[]> {
    const serialized = serializeRequest(request);
    return this.turnstile.run(() => this.appendOnce(request, serialized));
  }

  async readStream(stream: string, { after = -1, upTo }: StreamRange = {}): Promise<Recorded[]> {
    if (upTo !== undefined && upTo <= after) return [];
    const most = upTo === undefined ? undefined : upTo - after;
    return this.recorded(await this.connection.readStream(this.prefix + stream, after + 1, most));
  }

  async read({ after, limit }: ReadOptions): Promise<Recorded[]> {
    const end = await this.connection.end(); // before the page is read, so that a short page has seen everything up to it
    const from = this.foreign.from <= after && after < this.foreign.to ? this.foreign.to : after;
    if (end <= from) return [];
    // one more, because the event that `from` stands at comes along
    const read = this.recorded(await this.connection.readAll(this.prefix, from, limit + 1));
    const page = read.filter(({ position }) => position > after).slice(0, limit);
    const newest = page.at(-1)?.position;
    if (page.length < limit) this.foreign = { from: newest ?? after, to: end };
    if (newest !== undefined) this.knows(newest);
    return page;
  }

  async head(): Promise<bigint> {
    this.last ??= await this.connection.end(this.prefix);
    for (;;) {
      const page = await this.read({ after: this.last, limit: HEAD_PAGE });
      if (page.length < HEAD_PAGE) return this.last;
    }
  }

  findCommand(id: string): Promise<KnownCommand | undefined> {
    return this.commands.find(id);
  }

  onAppend(listener: () => void): () => void {
    return this.doorbell.onRing(listener);
  }

  ring(): void {
    this.doorbell.ring();
  }

  /** Waits for the appends that are under way, and ends the connection. */
  async close(): Promise<void> {
    await this.turnstile.drained();
    this.doorbell.clear();
    await this.connection.close();
  }

  private async appendOnce(
    request: AppendRequest,
    serialized: readonly SerializedEvent[],
  ): Promise<Recorded[]> {
    if (request.events.length === 0) return this.rememberOnly(request);
    const attempt = await this.commands.begin(request);
    const position = await this.write(request, serialized, attempt);
    this.ring();
    const positions =
      position !== undefined && request.events.length === 1 ? [position] : await this.positions(request);
    return request.events.map((event, index) => ({
      ...event,
      stream: request.stream,
      revision: request.expectedRevision + 1 + index,
      position: positions[index]!,
      schemaVersion: event.schemaVersion ?? 1,
      at: serialized[index]!.at,
      data: JSON.parse(serialized[index]!.data) as object,
    }));
  }

  /** A command that changes nothing, at a moment when the stream stood where it thought. */
  private async rememberOnly(request: AppendRequest): Promise<Recorded[]> {
    const { stream, expectedRevision } = request;
    const from = Math.max(expectedRevision, 0);
    const seen = await this.connection.readStream(this.prefix + stream, from, 2);
    if (from + seen.length - 1 !== expectedRevision) return this.conflict(request);
    await this.commands.begin(request);
    this.ring();
    return [];
  }

  private async write(
    request: AppendRequest,
    serialized: readonly SerializedEvent[],
    attempt: number,
  ): Promise<bigint | undefined> {
    const { stream, expectedRevision } = request;
    try {
      const events = toKurrent(request, serialized, attempt);
      return await this.connection.append(this.prefix + stream, expectedRevision, events);
    } catch (error) {
      if (isOf(error, ErrorType.WRONG_EXPECTED_VERSION)) return this.conflict(request);
      if (isOf(error, ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED))
        throw new UnstorableEvent(`The events for ${stream} are together more than KurrentDB takes at once`);
      throw error;
    }
  }

  /** The stream may have moved by this very command, done by somebody else meanwhile. */
  private async conflict({ command, stream, expectedRevision }: AppendRequest): Promise<never> {
    const known = await this.commands.find(command.id);
    if (known) throw new CommandRepeated(known);
    throw new VersionConflict(stream, expectedRevision);
  }

  private async positions({ stream, expectedRevision, events }: AppendRequest): Promise<bigint[]> {
    const written = await this.connection.readStream(
      this.prefix + stream,
      expectedRevision + 1,
      events.length,
    );
    return written.map(positionOf);
  }

  private recorded(events: Parameters<typeof fromKurrent>[1][]): Recorded[] {
    return events.map((event) => fromKurrent(this.prefix, event));
  }

  private knows(position: bigint): void {
    if (this.last !== undefined && position > this.last) this.last = position;
  }
}
