/** What a decider returns: a fact in the past tense. `at` is set only where the fact is older than the command (an import). */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
  /** ISO 8601 UTC. */
  readonly at?: string;
}

export interface EventMetadata {
  readonly communityId: string;
  /** The command that led to the event; the ids of its events derive from it. */
  readonly commandId: string;
  /** Who did it; null for the platform itself. */
  readonly actorId: string | null;
  /** What the outermost request, and everything that followed from it, has in common. */
  readonly correlationId: string;
  /** The event or timer that this one followed from, where it was no request. */
  readonly causationId?: string;
  /** When it was recorded, where that is not when it happened (an import); ISO 8601 UTC. */
  readonly recordedAt?: string;
}

/** Where and when an event stands in its log. */
export interface EventEnvelope {
  /** UUID, derived from the command id and the place among its events. */
  readonly id: string;
  readonly stream: string;
  /** Place in the stream, from 0 without gaps. */
  readonly revision: number;
  /** Place in the plugin's log, in commit order. PostgreSQL: from 1 without gaps. A string on every wire. */
  readonly position: bigint;
  /** Version of the shape of `data` as it was stored, from 1. Upcasters raise it on reading. */
  readonly schemaVersion: number;
  /** When it happened, ISO 8601 UTC. */
  readonly at: string;
  readonly metadata: EventMetadata;
}

/** An event as it is read from a log; a union of events stays a union. */
export type Recorded<Event extends DomainEvent = DomainEvent> = Event extends DomainEvent
  ? EventEnvelope & { readonly type: Event['type']; readonly data: Event['data'] }
  : never;
