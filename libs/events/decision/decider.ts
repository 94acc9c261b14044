import type { DomainEvent } from '../event.ts';

export interface Actor {
  readonly id: string;
  readonly permissions: readonly string[];
}

/** Everything a decision may know beside its state: no clock, no randomness and no I/O are reached for. */
export interface DecisionContext<Settings = unknown> {
  readonly communityId: string;
  /** ISO 8601 UTC. */
  readonly now: string;
  readonly actor: Actor;
  readonly settings: Settings;
}

/**
 * One kind of aggregate as two pure functions. `decide` returns what happened, or throws a `Rejection`;
 * `evolve` never throws and leaves the state as it is for an event it does not know.
 */
export interface Decider<
  State,
  Command extends { type: string },
  Event extends DomainEvent,
  Settings = unknown,
> {
  /** Names the streams: `<category>/<community>/<id>`. */
  readonly category: string;
  readonly initial: State;
  /**
   * Only where a stream grows beyond about 1,000 events: its state, which must be plain JSON, is kept now and then, so
   * that not all of them are read again. Raise `version` whenever the same events would give another state: when
   * `initial`, `evolve`, the shape of the state or an upcaster changes.
   */
  readonly snapshots?: { readonly version: number };
  decide(command: Command, state: State, context: DecisionContext<Settings>): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** The domain says no: a stable code for machines and a sentence for people. */
export class Rejection extends Error {
  override readonly name = 'Rejection';

  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export function reject(code: string, message: string, details?: Readonly<Record<string, unknown>>): never {
  throw new Rejection(code, message, details);
}

/** No for what only the decision can tell of an input: that a time is over, for one. The same shape as any bad input. */
export const rejectInput = (path: string, rule: string, sentence: string): never =>
  reject('BAD_USER_INPUT', sentence, { problems: [{ path, rule, message: sentence }] });

export function fold<State, Event extends DomainEvent>(
  decider: { readonly initial: State; evolve(state: State, event: Event): State },
  events: Iterable<Event>,
): State {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
