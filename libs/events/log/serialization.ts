import { MOST_EVENT_BYTES, UnstorableEvent } from './event-log.ts';
import type { NewEvent } from './event-log.ts';

export interface SerializedEvent {
  readonly at: string;
  readonly data: string;
  readonly metadata: string;
}

/** An escaped NUL or lone surrogate: valid in JSON, but no text of PostgreSQL or of a UTF-8 peer can hold it. */
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

/** @throws UnstorableEvent for what no log could give back unchanged, so that it fails its own command only. */
export function serialize(event: NewEvent): SerializedEvent {
  const data = json(event, event.data);
  const metadata = json(event, event.metadata);
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  if (bytes > MOST_EVENT_BYTES) {
    throw new UnstorableEvent(
      `${event.type} has ${bytes} bytes, more than the ${MOST_EVENT_BYTES} that an event may have`,
    );
  }
  return { at: instant(event), data, metadata };
}

/** PostgreSQL would also take `infinity` and `yesterday`, which no reader could give back. */
function instant({ type, at }: NewEvent): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime()))
    throw new UnstorableEvent(`${type} happened at "${at}", which is no instant`);
  return date.toISOString();
}

function json(event: NewEvent, value: object): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new UnstorableEvent(`${event.type} cannot be written as JSON: ${(error as Error).message}`);
  }
  if (text === undefined) throw new UnstorableEvent(`${event.type} has nothing that JSON could write`);
  if (UNSTORABLE_ESCAPE.test(text)) {
    throw new UnstorableEvent(`${event.type} has a NUL or half a surrogate pair in a text`);
  }
  return text;
}
