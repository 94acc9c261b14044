import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { Rejection } from '@weinao/events';
import type { Actor, Decider, DecisionContext, DomainEvent } from '@weinao/events';
import { deepFreeze } from './frozen.ts';

export const anActor = (id: string, ...permissions: readonly string[]): Actor => ({ id, permissions });

export const FIXED_NOW = '2026-03-02T08:00:00.000Z';

const DEFAULT_CONTEXT: DecisionContext<unknown> = {
  communityId: 'sunshine',
  now: FIXED_NOW,
  actor: anActor('worker-1'),
  settings: {},
};

export interface Given<Command, Event, Settings> {
  /** Decides at once; the context is the specification's, with these changes. */
  when(command: Command, context?: Partial<DecisionContext<Settings>>): When<Event>;
}

export interface When<Event> {
  /** Exactly these events, in this order. */
  then(...expected: readonly Event[]): void;
  /** Accepted, and nothing happened. */
  thenNothing(): void;
  thenRejects(code: string, details?: Readonly<Record<string, unknown>>): void;
}

export interface DeciderSpecification<Command, Event, Settings> {
  given(...events: readonly Event[]): Given<Command, Event, Settings>;
}

type Decision<Event> = { readonly events: readonly Event[] } | { readonly rejection: Rejection };

/**
 * Given what happened, when this is asked, then that happens. On the way it proves that the decider keeps its contract:
 * it changes nothing that it was given, decides the same twice, returns plain JSON, never throws in `evolve`, and has
 * a state of plain JSON where it wants snapshots.
 */
export function decider<State, Command extends { type: string }, Event extends DomainEvent, Settings>(
  subject: Decider<State, Command, Event, Settings>,
  defaults: Partial<DecisionContext<Settings>> = {},
): DeciderSpecification<Command, Event, Settings> {
  return {
    given: (...events) => {
      const state = foldLoudly(subject, subject.initial, events, FIXED_NOW);
      return {
        when: (command, context) => {
          const full = { ...DEFAULT_CONTEXT, ...defaults, ...context } as DecisionContext<Settings>;
          const decision = decide(subject, state, deepFreeze(command), deepFreeze(full));
          if ('events' in decision) foldLoudly(subject, state, decision.events, full.now);
          return assertions(command.type, decision);
        },
      };
    },
  };
}

function foldLoudly<State, Event extends DomainEvent>(
  { evolve, snapshots }: { evolve(state: State, event: Event): State; readonly snapshots?: object },
  from: State,
  events: readonly Event[],
  now: string,
): State {
  let state = deepFreeze(from);
  for (const event of events.map((one) => ({ at: now, ...one }))) {
    const unknown = deepFreeze({ type: 'AnEventOfAnotherVersion', data: {} }) as unknown as Event;
    expect(evolved(evolve, state, unknown)).toEqual(state);
    state = deepFreeze(evolved(evolve, state, deepFreeze(event)));
    if (snapshots && !isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state))
      throw new Error(`After ${event.type} the state is not plain JSON, so no snapshot can hold it`);
  }
  return state;
}

function evolved<State, Event extends DomainEvent>(
  evolve: (state: State, event: Event) => State,
  state: State,
  event: Event,
): State {
  try {
    return evolve(state, event);
  } catch (error) {
    throw new Error(`evolve threw on ${event.type}, and it must not: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function decide<State, Command extends { type: string }, Event extends DomainEvent, Settings>(
  subject: Decider<State, Command, Event, Settings>,
  state: State,
  command: Command,
  context: DecisionContext<Settings>,
): Decision<Event> {
  const once = outcome(() => subject.decide(command, state, context));
  const again = outcome(() => subject.decide(command, state, context));
  if ('rejection' in once) return once;
  expect('events' in again ? again.events : 'a rejection the second time').toEqual(once.events);
  expect(JSON.parse(JSON.stringify(once.events))).toEqual(once.events);
  return once;
}

function outcome<Event>(work: () => readonly Event[]): Decision<Event> {
  try {
    return { events: work() };
  } catch (error) {
    if (error instanceof Rejection) return { rejection: error };
    throw error;
  }
}

function assertions<Event>(command: string, decision: Decision<Event>): When<Event> {
  const events = (): readonly Event[] => {
    if ('events' in decision) return decision.events;
    const { code, message } = decision.rejection;
    throw new Error(`${command} was rejected with ${code}: ${message}`, { cause: decision.rejection });
  };
  return {
    then: (...expected) => expect(events()).toEqual(expected),
    thenNothing: () => expect(events()).toEqual([]),
    thenRejects: (code, details) => {
      if (!('rejection' in decision)) {
        throw new Error(
          `${command} should be rejected with ${code}; it led to ${JSON.stringify(decision.events)}`,
        );
      }
      expect(decision.rejection.code).toBe(code);
      if (details) expect(decision.rejection.details).toEqual(details);
    },
  };
}
