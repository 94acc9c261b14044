import { MOST_APPEND_BYTES, MOST_EVENT_BYTES, MOST_NAME_BYTES, UnstorableEvent } from './event-log.ts';
import type { AppendRequest, NewEvent } from './event-log.ts';

export interface SerializedEvent {
  readonly at: string;
  readonly data: string;
  readonly metadata: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST_REVISION = 2_147_483_647;
const MOST_SCHEMA_VERSION = 32_767;

/** An escaped NUL or lone surrogate: valid in JSON, but no text of PostgreSQL or of a UTF-8 peer can hold it. */
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/**
 * The events of a request as they are stored.
 *
 * @throws UnstorableEvent for what no log could give back unchanged, so that it fails its own command only.
 */
export function serializeRequest(request: AppendRequest): SerializedEvent[] {
  const { stream, communityId, expectedRevision, events, command } = request;
  assertName('stream', stream);
  assertName('community', communityId);
  assertName('fingerprint', command.fingerprint);
  assertUuid('command', command.id);
  assertInteger('revision', expectedRevision, -1, MOST_REVISION - events.length);
  const serialized = events.map(serialize);
  const bytes = serialized.reduce((sum, event) => sum + bytesOf(event), 0);
  if (bytes > MOST_APPEND_BYTES) {
    throw new UnstorableEvent(
      `A command's events have ${bytes} bytes, more than the ${MOST_APPEND_BYTES} that they may have together`,
    );
  }
  return serialized;
}

export const bytesOf = ({ data, metadata }: SerializedEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata);

function serialize(event: NewEvent): SerializedEvent {
  assertName('event type', event.type);
  assertUuid('event', event.id);
  assertInteger('version of the shape', event.schemaVersion ?? 1, 1, MOST_SCHEMA_VERSION);
  const serialized = {
    at: instant(event),
    data: json(event, event.data),
    metadata: json(event, event.metadata),
  };
  const bytes = bytesOf(serialized);
  if (bytes > MOST_EVENT_BYTES) {
    throw new UnstorableEvent(
      `${event.type} has ${bytes} bytes, more than the ${MOST_EVENT_BYTES} that an event may have`,
    );
  }
  return serialized;
}

function assertName(what: string, name: string): void {
  if (name === '' || name.includes('\u0000') || !name.isWellFormed())
    throw new UnstorableEvent(`The ${what} ${JSON.stringify(name.slice(0, 80))} is no name`);
  if (Buffer.byteLength(name) > MOST_NAME_BYTES)
    throw new UnstorableEvent(`The ${what} ${name.slice(0, 80)}… has more than ${MOST_NAME_BYTES} bytes`);
}

function assertUuid(what: string, id: string): void {
  if (!UUID.test(id))
    throw new UnstorableEvent(`The id of the ${what} ${JSON.stringify(id.slice(0, 80))} is no UUID`);
}

function assertInteger(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UnstorableEvent(`The ${what} ${value} is not between ${least} and ${most}`);
}

/** PostgreSQL would also take `infinity` and `yesterday`, which no reader could give back. */
function instant({ type, at }: NewEvent): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9_999))
    throw new UnstorableEvent(`${type} happened at "${at}", which is no instant of the years 1 to 9999`);
  return date.toISOString();
}

function json(event: NewEvent, value: object): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new UnstorableEvent(`${event.type} cannot be written as JSON: ${reasonOf(error)}`);
  }
  if (text === undefined) throw new UnstorableEvent(`${event.type} has nothing that JSON could write`);
  if (UNSTORABLE_ESCAPE.test(text)) {
    throw new UnstorableEvent(`${event.type} has a NUL or half a surrogate pair in a text`);
  }
  return text;
}

/** What a toJSON throws need not be an Error. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : typeof error);
