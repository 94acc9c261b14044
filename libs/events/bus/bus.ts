/** Most characters of a message; NATS's own limit is 1 MiB, and the in-process bus keeps the same. */
export const MOST_MESSAGE_BYTES = 1_048_576;

export interface Message {
  readonly subject: string;
  readonly text: string;
}

/**
 * Transport and doorbell, never a store: a message may be lost, so nothing depends on one having been kept.
 * Subjects are dotted; in a pattern `*` stands for one part and a last `>` for all that follow.
 * Every adapter passes `describeBus` of `@weinao/testing`.
 */
export interface Bus {
  /** Handed over, not delivered. @throws BusError TOO_LARGE */
  publish(subject: string, text: string): void;
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

export type BusErrorCode = 'NO_RESPONDER' | 'TIMEOUT' | 'REFUSED' | 'TOO_LARGE' | 'CLOSED';

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

export function assertSize(subject: string, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_MESSAGE_BYTES) {
    throw new BusError(
      'TOO_LARGE',
      `A message for ${subject} has ${bytes} bytes, more than ${MOST_MESSAGE_BYTES}`,
    );
  }
}
