import type { DomainEvent, Recorded } from '../event.ts';

/** Something to be done outside: a webhook to call, an SMS to send. */
export interface EffectRequest<Payload = unknown> {
  /** Names it within its definition and community, for ever; 1 to 200 characters. The same key again is the same effect. */
  readonly key: string;
  /** For people and for `perform`, such as `sms`. */
  readonly kind: string;
  /** JSON. */
  readonly payload: Payload;
}

export interface DueEffect<Payload = unknown> extends EffectRequest<Payload> {
  readonly communityId: string;
  /** The event that led to it. */
  readonly eventId: string;
  /** From 1. */
  readonly tries: number;
}

export interface PerformContext {
  /** A UUID, the same at each try: give it to the other side as its idempotency key. */
  readonly key: string;
  /** Aborted at the deadline, and when the service stops. */
  readonly signal: AbortSignal;
}

/**
 * What events lead to outside. `requests` is pure; `perform` is the only place that is not. It is done at least once:
 * a process may die between doing and noting it. Where the other side keeps the key, it is once in effect.
 */
export interface OutsideEffect<Event extends DomainEvent = DomainEvent, Payload = unknown> {
  readonly name: string;
  /** Raise it when `requests` does: what is missing is then made from the whole log, and nothing is made again. */
  readonly version: number;
  requests(event: Recorded<Event>): readonly EffectRequest<Payload>[];
  /** @throws FinalFailure when trying again is of no use; anything else: try again later */
  perform(effect: DueEffect<Payload>, context: PerformContext): Promise<void>;
  /** 8 unless said otherwise; after that many it is dead until somebody revives it. */
  readonly mostTries?: number;
  /** For one try; 10 s unless said otherwise. */
  readonly deadlineMs?: number;
}

/** Trying again is of no use: the other side understood, and refuses. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure';
}
