/** Most characters of a message; NATS's own limit is 1 MiB, and the in-process bus keeps the same. */
export const MOST_MESSAGE_BYTES = 1_048_576;

export interface Message {
  readonly subject: string;
  readonly text: string;
}

export interface PublishOptions {
  /** The same for every repetition of a message, so that a stream behind the bus keeps one of them (`Nats-Msg-Id`). */
  readonly messageId?: string;
}

/**
 * Transport and doorbell, never a store: a message may be lost, so nothing depends on one having been kept.
 * Subjects are dotted; in a pattern `*` stands for one part and a last `>` for all that follow.
 * Every adapter passes `describeBus` of `@weinao/testing`.
 */
export interface Bus {
  /** Handed over, not delivered: while the connection is broken, it is lost. @throws BusError TOO_LARGE */
  publish(subject: string, text: string, options?: PublishOptions): void;
  /**
   * Resolves when the server has everything that was published in the same turn of the event loop. Where the connection
   * breaks meanwhile, or is broken, it waits for the next one.
   *
   * @throws BusError LOST, then: publish it again. CLOSED
   */
  flush(): Promise<void>;
  /** Messages of one publisher on one connection come in its order. An error of the listener is reported, not thrown. */
  subscribe(pattern: string, listener: (message: Message) => void): BusSubscription;
  /** @throws BusError NO_RESPONDER at once, TIMEOUT after the deadline, REFUSED when the responder threw, TOO_LARGE */
  request(subject: string, text: string, options: { readonly timeoutMs: number }): Promise<string>;
  /** Responders of the same queue share the requests. */
  respond(pattern: string, queue: string, responder: (message: Message) => Promise<string>): BusSubscription;
  /** Called after a break in the connection, during which messages may have been lost. */
  onReconnect(listener: () => void): () => void;
  /** Answers what came in, then leaves. */
  close(): Promise<void>;
}

export interface BusSubscription {
  /** Takes no more; waits for what it is answering. */
  stop(): Promise<void>;
}

export type BusErrorCode = 'NO_RESPONDER' | 'TIMEOUT' | 'REFUSED' | 'TOO_LARGE' | 'LOST' | 'CLOSED';

export class BusError extends Error {
  override readonly name = 'BusError';

  constructor(
    readonly code: BusErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What adapters tell of listeners and connections; the host gives them its log. */
export type BusReporter = (message: string, error?: unknown) => void;

/** What the header with a message id takes of a message's bytes, beside the id itself. */
const MESSAGE_ID_BYTES = Buffer.byteLength('NATS/1.0\r\nNats-Msg-Id: \r\n\r\n');

export function assertSize(subject: string, text: string, { messageId }: PublishOptions = {}): void {
  const header = messageId === undefined ? 0 : MESSAGE_ID_BYTES + Buffer.byteLength(messageId);
  const bytes = Buffer.byteLength(text) + header;
  if (bytes > MOST_MESSAGE_BYTES) {
    throw new BusError(
      'TOO_LARGE',
      `A message for ${subject} has ${bytes} bytes, more than ${MOST_MESSAGE_BYTES}`,
    );
  }
}
