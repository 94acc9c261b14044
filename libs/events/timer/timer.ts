import type { Intent } from '../decision/intent.ts';
import type { DomainEvent, Recorded } from '../event.ts';

export type TimerChange<Data = unknown> =
  | {
      /** Replaces the one that waits under the same key, and its due. */
      readonly set: {
        /** Names it within its timer and community; 1 to 200 characters. */
        readonly key: string;
        /** ISO 8601 with offset or Z. */
        readonly due: string;
        /** JSON; null where it is left out. */
        readonly data?: Data;
      };
    }
  | { readonly cancel: { readonly key: string } };

export interface DueTimer<Data = unknown> {
  readonly communityId: string;
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly due: string;
  readonly data: Data;
}

export interface FiringContext {
  /** Due more than a minute ago: the plugin was off there, or nothing ran. */
  readonly late: boolean;
}

/**
 * Durable timers, derived from the log: what an event sets or cancels, and what is wanted when one is due. Both are pure.
 * A timer that was just set anew or cancelled may still fire: its command comes after the event that should have
 * prevented it, and the decider judges it by a state that knows better.
 */
export interface Timer<Event extends DomainEvent = DomainEvent, Data = unknown> {
  readonly name: string;
  /** Raise it when `changes` does: what waits is then derived from the log again. */
  readonly version: number;
  changes(event: Recorded<Event>): readonly TimerChange<Data>[];
  /** The same intents in the same order, late or not: what was done already is known by its place. */
  fire(timer: DueTimer<Data>, context: FiringContext): readonly Intent[];
}
