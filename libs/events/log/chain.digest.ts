import { hash } from 'node:crypto';

/** A row of the events table with its texts as they are stored. */
export interface StoredEvent {
  readonly position: bigint;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly community: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Microseconds since 1970. */
  readonly at: bigint;
  readonly data: string;
  readonly metadata: string;
  readonly link: Buffer;
}

/** The link before the first event. */
export const NO_LINK = Buffer.alloc(32);

/** PostgreSQL counts from 2000. */
const EPOCH_OF_POSTGRES = 946_684_800_000_000n;

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** What `event_digest` of `chain.schema.ts` gives, if the event stood at this position. */
function digestAt(position: bigint, event: StoredEvent): Buffer {
  const texts = [event.stream, event.community, event.type, event.data, event.metadata];
  const numbers = Buffer.alloc(58);
  numbers.writeBigInt64BE(position, 0);
  numbers.write(event.id.replaceAll('-', ''), 8, 'hex');
  numbers.writeInt32BE(event.revision, 24);
  numbers.writeInt16BE(event.schemaVersion, 28);
  numbers.writeBigInt64BE(event.at - EPOCH_OF_POSTGRES, 30);
  texts.forEach((text, index) => numbers.writeInt32BE(Buffer.byteLength(text), 38 + 4 * index));
  return sha256(Buffer.concat([numbers, Buffer.from(texts.join(''))]));
}

/** The link that an event has that follows on another one's link, at its own position unless told otherwise. */
export const linkAfter = (link: Buffer, event: StoredEvent, position = event.position): Buffer =>
  sha256(Buffer.concat([link, digestAt(position, event)]));
