import type { EventMetadata, Recorded } from '../event.ts';

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  /** Version of the shape of `data`; 1 unless upcasters say otherwise. */
  readonly schemaVersion?: number;
  readonly at: string;
  readonly data: object;
  readonly metadata: EventMetadata;
}

export interface AppendRequest {
  readonly stream: string;
  readonly communityId: string;
  /** Revision of the last event that the decision was based on; -1 for a stream without events. */
  readonly expectedRevision: number;
  /** All of them or none. None at all is allowed: then only the command is kept. */
  readonly events: readonly NewEvent[];
  readonly command: { readonly id: string; readonly fingerprint: string };
}

export interface KnownCommand {
  readonly stream: string;
  /** The revision that the stream had reached when the command was done. */
  readonly revision: number;
  readonly fingerprint: string;
}

export interface StreamRange {
  /** Revision after which to read; -1, the whole stream, where it is not given. */
  readonly after?: number;
  /** Last revision to read. */
  readonly upTo?: number;
}

export interface ReadOptions {
  /** Position after which to read; 0 for everything. */
  readonly after: bigint;
  readonly limit: number;
}

/** Most bytes of one event's data and metadata as JSON. */
export const MOST_EVENT_BYTES = 262_144;

/** Most bytes of all events of one append. */
export const MOST_APPEND_BYTES = 8_388_608;

/** Most bytes of a name: of a stream, a community, an event type. */
export const MOST_NAME_BYTES = 1_024;

/**
 * The only truth of a plugin. Every adapter passes `describeEventLog` of `@weinao/testing`.
 * Nothing is answered before it is durable; what failed with an error of this file was not stored.
 */
export interface EventLog {
  /**
   * @returns the events as they were recorded.
   * @throws VersionConflict, CommandRepeated, UnstorableEvent, LogBusy: not stored. Any other error: the outcome is not
   *   known, and the same command can be sent again.
   */
  append(request: AppendRequest): Promise<Recorded[]>;
  /** The events of one stream in order; empty for an unknown one. */
  readStream(stream: string, range?: StreamRange): Promise<Recorded[]>;
  /** A page in commit order. A later page never has an event before one that was read. */
  read(options: ReadOptions): Promise<Recorded[]>;
  /** Position of the last event, 0 for an empty log. */
  head(): Promise<bigint>;
  findCommand(id: string): Promise<KnownCommand | undefined>;
  /** Rings after each append of this process, and whenever `ring` is called. @returns how to stop listening. */
  onAppend(listener: () => void): () => void;
  /** Another process appended: wakes the listeners. */
  ring(): void;
  close(): Promise<void>;
}

export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';

  constructor(stream: string, expected: number) {
    super(`Stream ${stream} is no longer at revision ${expected}`);
  }
}

export class CommandRepeated extends Error {
  override readonly name = 'CommandRepeated';

  constructor(readonly known: KnownCommand) {
    super(`The command was done before, on stream ${known.stream}`);
  }
}

export class UnstorableEvent extends Error {
  override readonly name = 'UnstorableEvent';
}

/** More wait to append than the log will remember. Nothing was stored; the same command can be sent again later. */
export class LogBusy extends Error {
  override readonly name = 'LogBusy';
  readonly code = 'LOG_BUSY';

  constructor() {
    super('Too many changes are waiting to be stored');
  }
}
