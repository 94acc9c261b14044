import type { Snapshots } from './snapshots.ts';
import type { Decider } from './decider.ts';
import type { DomainEvent, Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';

/** What there is to know of a stream before something is decided. */
export interface LoadedStream<State, Event extends DomainEvent> {
  readonly state: State;
  /** Of the last event behind the state; -1 where there is none. */
  readonly revision: number;
  /** Of that event too; 0 where there is none. */
  readonly position: bigint;
  /** The events behind the state; where it comes from a snapshot, those since. */
  readonly history: readonly Recorded<Event>[];
}

type Folding<State, Event extends DomainEvent> = Pick<
  Decider<State, never, Event, never>,
  'initial' | 'evolve' | 'snapshots'
>;

/** @param upTo the last revision to know of; of all where it is not given. */
export async function loadStream<State, Event extends DomainEvent>(
  log: EventLog,
  snapshots: Snapshots | undefined,
  decider: Folding<State, Event>,
  stream: string,
  upTo?: number,
): Promise<LoadedStream<State, Event>> {
  const snapshot = await snapshots?.find(decider, stream);
  if (snapshot && (upTo === undefined || snapshot.revision <= upTo)) {
    const [last, ...since] = await log.readStream(stream, { after: snapshot.revision - 1, upTo });
    // a log that was restored, or is another one, does not have the event that the snapshot was made of
    if (last?.id === snapshot.eventId && last.revision === snapshot.revision) {
      const state = snapshot.state as State;
      const { revision, position } = last;
      return grown(decider, { state, revision, position, history: [] }, since as Recorded<Event>[]);
    }
  }
  const events = (await log.readStream(stream, { upTo })) as Recorded<Event>[];
  return grown(decider, unbegun(decider), events);
}

/** A stream that has no event. */
export const unbegun = <State, Event extends DomainEvent>({
  initial,
}: Folding<State, Event>): LoadedStream<State, Event> => ({
  state: initial,
  revision: -1,
  position: 0n,
  history: [],
});

/** The stream after these events, which follow upon what is known of it. */
export function grown<State, Event extends DomainEvent>(
  decider: Folding<State, Event>,
  known: LoadedStream<State, Event>,
  events: readonly Recorded<Event>[],
): LoadedStream<State, Event> {
  let { state } = known;
  for (const event of events as unknown as readonly Event[]) state = decider.evolve(state, event);
  const { revision, position } = events.at(-1) ?? known;
  return { state, revision, position, history: [...known.history, ...events] };
}
