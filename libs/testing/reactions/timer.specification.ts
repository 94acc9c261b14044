import { expect } from '@jest/globals';
import type { DomainEvent, FiringContext, Intent, Timer } from '@weinao/events';
import { expectIntents } from './intents.expectation.ts';
import { deepFreeze } from '../deciders/frozen.ts';
import { asStored } from '../projections/memory.tables.ts';
import { recordedInOrder } from '../projections/recorded.builder.ts';
import type { Recordable } from '../projections/recorded.builder.ts';

export interface ExpectedTimer<Data> {
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly due: string;
  /** null unless said otherwise, as it is for a timer that was set without. */
  readonly data?: Data;
  /** `sunshine` unless said otherwise. */
  readonly communityId?: string;
}

export interface GivenTimers<Data> {
  /** Exactly these wait, whatever the order. */
  thenPending(expected: readonly ExpectedTimer<Data>[]): GivenTimers<Data>;
  /** When this one is due, on time unless said otherwise, then these intents. @throws Error where it does not wait */
  whenDue(key: string, context?: Partial<FiringContext>): { then(...expected: readonly Intent[]): void };
}

export interface TimerSpecification<Event extends DomainEvent, Data> {
  /** Events without a place of their own are recorded one after the other in one stream. */
  given(...events: readonly Recordable<Event>[]): GivenTimers<Data>;
}

interface Pending<Data> {
  readonly communityId: string;
  readonly key: string;
  readonly due: string;
  readonly data: Data;
}

/**
 * Given these events, then these timers wait, and want this when they are due. On the way it proves that the timer
 * changes no event, says the same when it is asked again, and keeps plain JSON.
 */
export function timers<Event extends DomainEvent, Data>(
  subject: Timer<Event, Data>,
): TimerSpecification<Event, Data> {
  return {
    given: (...events) => {
      const pending = pendingAfter(subject, events);
      const given: GivenTimers<Data> = {
        thenPending: (expected) => {
          const all = expected.map((timer) => ({ communityId: 'sunshine', data: null, ...timer }));
          expect(sorted(pending)).toEqual(sorted(all));
          return given;
        },
        whenDue: (key, context) => {
          const timer = pending.find((one) => one.key === key);
          if (!timer)
            throw new Error(`No timer ${key} waits, only ${pending.map((one) => one.key).join(', ')}`);
          const fire = (): readonly Intent[] => subject.fire(deepFreeze(timer), { late: false, ...context });
          return { then: (...expected) => expectIntents(fire, expected) };
        },
      };
      return given;
    },
  };
}

function pendingAfter<Event extends DomainEvent, Data>(
  subject: Timer<Event, Data>,
  events: readonly Recordable<Event>[],
): Pending<Data>[] {
  const pending = new Map<string, Pending<Data>>();
  for (const event of deepFreeze(recordedInOrder(events))) {
    const changes = subject.changes(event);
    expect(subject.changes(event)).toEqual(changes);
    const { communityId } = (event as { metadata: { communityId: string } }).metadata;
    for (const change of changes) {
      if ('cancel' in change) pending.delete(`${communityId} ${change.cancel.key}`);
      else pending.set(`${communityId} ${change.set.key}`, stored({ communityId, ...change.set }));
    }
  }
  return [...pending.values()];
}

const stored = <Data>(timer: Omit<Pending<Data>, 'data'> & { readonly data?: Data }): Pending<Data> => {
  const kept = asStored({ ...timer, due: new Date(timer.due).toISOString(), data: timer.data });
  return kept as unknown as Pending<Data>;
};

const sorted = <Data>(pending: readonly Pick<Pending<Data>, 'communityId' | 'key'>[]): unknown[] =>
  [...pending].sort((a, b) => (`${a.communityId} ${a.key}` < `${b.communityId} ${b.key}` ? -1 : 1));
