import pg from 'pg';
import type { DatabaseError, Pool } from 'pg';
import { CoalescingQueue } from './coalescing-queue.ts';
import { Doorbell } from './doorbell.ts';
import { COLUMNS, recorded } from './event.row.ts';
import type { EventRow } from './event.row.ts';
import {
  CommandRepeated,
  LogBusy,
  MOST_APPEND_BYTES,
  UnstorableEvent,
  VersionConflict,
} from './event-log.ts';
import type { AppendRequest, EventLog, KnownCommand, ReadOptions, StreamRange } from './event-log.ts';
import { bytesOf, serializeRequest } from './serialization.ts';
import type { SerializedEvent } from './serialization.ts';
import type { Recorded } from '../event.ts';

interface PreparedAppend {
  readonly request: AppendRequest;
  readonly serialized: readonly SerializedEvent[];
  readonly bytes: number;
}

/** What `append_events` answers. */
interface Verdict {
  readonly position_before: string;
  readonly refused: readonly Refusal[] | null;
}

interface Refusal {
  /** From 1. */
  readonly request: number;
  /** Where the command was done before. */
  readonly known: KnownCommand | null;
}

/** Half of many callers: while the database writes for these, the others hear their answers and ask again. */
const MOST_REQUESTS_A_BATCH = 128;

/** Two large appends still go together; one is never larger. */
const MOST_BYTES_A_BATCH = 2 * MOST_APPEND_BYTES;
/** Of the requests that wait while the database is slow or away. */
const MOST_BYTES_WAITING = 67_108_864;
/** About what a request and an event take beside their data and metadata. */
const ENVELOPE_BYTES = 512;

/** SQLSTATE classes that blame the values of a statement: data exception, integrity, program limit exceeded. */
const BLAMES_VALUES = new Set(['22', '23', '54']);
const CANNOT_BE_STORED = new Set(['22', '54']);

/** The log of one plugin in PostgreSQL (tables of `createKernelSchema`). Several processes may append to it at once. */
export class PostgresEventLog implements EventLog {
  private readonly schema: string;
  private readonly queue: CoalescingQueue<PreparedAppend, Recorded[]>;
  private readonly doorbell = new Doorbell();

  constructor(
    private readonly pool: Pool,
    plugin: string,
  ) {
    this.schema = pg.escapeIdentifier(plugin);
    this.queue = new CoalescingQueue({
      perform: (batch) => this.appendBatch(batch),
      keysOf: ({ request }) => [`stream ${request.stream}`, `command ${request.command.id}`],
      mostItems: MOST_REQUESTS_A_BATCH,
      weightOf: ({ bytes }) => bytes,
      mostWeight: MOST_BYTES_A_BATCH,
    });
  }

  async append(request: AppendRequest): Promise<Recorded[]> {
    const serialized = serializeRequest(request);
    const bytes = serialized.reduce((sum, event) => sum + bytesOf(event) + ENVELOPE_BYTES, ENVELOPE_BYTES);
    if (this.queue.waitingWeight + bytes > MOST_BYTES_WAITING) throw new LogBusy();
    return this.queue.submit({ request, serialized, bytes });
  }

  async readStream(stream: string, { after, upTo }: StreamRange = {}): Promise<Recorded[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: `${this.schema}.read-stream`,
      text: `select ${COLUMNS} from ${this.schema}.events
             where stream = $1 and revision > $2 and revision <= $3 order by revision`,
      values: [stream, after ?? -1, upTo ?? 2_147_483_647],
    });
    return rows.map(recorded);
  }

  async read({ after, limit }: ReadOptions): Promise<Recorded[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: `${this.schema}.read`,
      text: `select ${COLUMNS} from ${this.schema}.events where position > $1 order by position limit $2`,
      values: [after, limit],
    });
    const events = rows.map(recorded);
    assertWithoutGaps(after, events);
    return events;
  }

  async head(): Promise<bigint> {
    const { rows } = await this.pool.query<{ position: string }>(`select position from ${this.schema}.head`);
    return BigInt(rows[0]!.position);
  }

  async findCommand(id: string): Promise<KnownCommand | undefined> {
    const { rows } = await this.pool.query<KnownCommand>(
      `select stream, revision, fingerprint from ${this.schema}.commands where id = $1`,
      [id],
    );
    return rows[0];
  }

  onAppend(listener: () => void): () => void {
    return this.doorbell.onRing(listener);
  }

  ring(): void {
    this.doorbell.ring();
  }

  /** Waits for what is under way. The pool stays its owner's. */
  async close(): Promise<void> {
    await this.queue.drained();
    this.doorbell.clear();
  }

  private async appendBatch(batch: readonly PreparedAppend[]): Promise<PromiseSettledResult<Recorded[]>[]> {
    let verdict: Verdict;
    try {
      verdict = await this.callAppend(batch);
    } catch (error) {
      if (!isOfClass(error, BLAMES_VALUES)) throw error;
      if (batch.length === 1) throw isOfClass(error, CANNOT_BE_STORED) ? unstorable(error) : error;
      return (await Promise.all(batch.map((one) => this.appendBatch([one]).catch(rejected)))).flat();
    }
    const refused = new Map(verdict.refused?.map(({ request, known }) => [request, known]));
    let position = BigInt(verdict.position_before);
    if (refused.size < batch.length) this.ring();
    return batch.map((one, index) => {
      const known = refused.get(index + 1);
      if (known !== undefined) return { status: 'rejected', reason: refusal(one, known) };
      const value = recordedAfter(position, one);
      position += BigInt(value.length);
      return { status: 'fulfilled', value };
    });
  }

  private async callAppend(batch: readonly PreparedAppend[]): Promise<Verdict> {
    const requests = batch.map(({ request }) => request);
    const events = batch.flatMap(({ request, serialized }, place) =>
      request.events.map((event, index) => ({ event, text: serialized[index]!, request: place + 1 })),
    );
    const { rows } = await this.pool.query<Verdict>({
      name: `${this.schema}.append`,
      text: `select * from ${this.schema}.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      values: [
        requests.map(({ stream }) => stream),
        requests.map(({ communityId }) => communityId),
        requests.map(({ expectedRevision }) => expectedRevision),
        requests.map(({ command }) => command.id),
        requests.map(({ command }) => command.fingerprint),
        requests.map(({ events }) => events.length),
        events.map(({ request }) => request),
        events.map(({ event }) => event.id),
        events.map(({ event }) => event.type),
        events.map(({ event }) => event.schemaVersion ?? 1),
        events.map(({ text }) => text.at),
        events.map(({ text }) => text.data),
        events.map(({ text }) => text.metadata),
      ],
    });
    return rows[0]!;
  }
}

const refusal = ({ request }: PreparedAppend, known: KnownCommand | null): Error =>
  known ? new CommandRepeated(known) : new VersionConflict(request.stream, request.expectedRevision);

const recordedAfter = (position: bigint, { request, serialized }: PreparedAppend): Recorded[] =>
  request.events.map((event, index) => ({
    ...event,
    stream: request.stream,
    revision: request.expectedRevision + 1 + index,
    position: position + BigInt(index + 1),
    schemaVersion: event.schemaVersion ?? 1,
    at: serialized[index]!.at,
    data: JSON.parse(serialized[index]!.data) as object,
  }));

function assertWithoutGaps(after: bigint, events: readonly Recorded[]): void {
  let last = after;
  for (const { position } of events) {
    if (position !== last + 1n) throw new Error(`The log has a gap: position ${position} follows ${last}`);
    last = position;
  }
}

const isOfClass = (error: unknown, classes: ReadonlySet<string>): boolean =>
  classes.has(((error as Partial<DatabaseError>).code ?? '').slice(0, 2));

const unstorable = (cause: unknown): UnstorableEvent =>
  new UnstorableEvent(`PostgreSQL cannot store it: ${(cause as Error).message}`, { cause });

const rejected = (reason: unknown): PromiseSettledResult<Recorded[]>[] => [{ status: 'rejected', reason }];
