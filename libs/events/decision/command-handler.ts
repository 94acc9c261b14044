import { Rejection } from './decider.ts';
import type { Actor, Decider } from './decider.ts';
import { grown, loadStream, unbegun } from './loaded-stream.ts';
import type { LoadedStream } from './loaded-stream.ts';
import type { Snapshots } from './snapshots.ts';
import type { DomainEvent, EventMetadata, Recorded } from '../event.ts';
import { derivedId, fingerprint } from '../identifiers.ts';
import { CommandRepeated, UnstorableEvent, VersionConflict } from '../log/event-log.ts';
import type { EventLog, KnownCommand, NewEvent } from '../log/event-log.ts';

export interface CommandRequest<Command, Settings> {
  readonly communityId: string;
  /** Which one of the decider's aggregates. */
  readonly id: string;
  readonly command: Command;
  /** What a repeat is known by, where the command holds more than was asked for. */
  readonly asked?: object | undefined;
  readonly commandId: string;
  /** True where the caller chose the command id, so that it may come again. */
  readonly repeatable: boolean;
  /** True where `id` derives from the command's id alone: then the aggregate exists only if the command was done before. */
  readonly founds?: boolean | undefined;
  readonly actor: Actor;
  readonly correlationId: string;
  /** The event or timer that the command follows from, where it is no request. */
  readonly causationId?: string;
  readonly settings: Settings;
}

export interface Outcome<State, Event extends DomainEvent> {
  /** The state, and the events behind it, up to the revision that the command reached. */
  readonly state: State;
  /** Of a decider with snapshots, only the events since some snapshot: then answer from `state`. */
  readonly history: readonly Recorded<Event>[];
  /** Position of the last event behind the state; 0 where there is none. */
  readonly position: bigint;
  readonly repeated: boolean;
}

export type Clock = () => Date;

export const streamName = (category: string, communityId: string, id: string): string =>
  `${category}/${communityId}/${id}`;

/** Which of its category's aggregates a stream is of. */
export const idOfStream = (stream: string): string =>
  stream.slice(stream.indexOf('/', stream.indexOf('/') + 1) + 1);

const MOST_TRIES = 20;

/** Load, fold, decide, append. Only a version conflict is tried again: everything else is the caller's to know. */
export class CommandHandler {
  constructor(
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly snapshots?: Snapshots,
  ) {}

  /**
   * @throws Rejection by the domain, `IDEMPOTENCY_KEY_REUSED` for a known command id with another body, or `CONFLICT`
   *   when others kept changing the same stream.
   */
  async handle<State, Command extends { type: string }, Event extends DomainEvent, Settings>(
    decider: Decider<State, Command, Event, Settings>,
    request: CommandRequest<Command, Settings>,
  ): Promise<Outcome<State, Event>> {
    const stream = streamName(decider.category, request.communityId, request.id);
    const command = {
      id: request.commandId,
      fingerprint: fingerprint([stream, request.asked ?? request.command]),
    };
    for (let tries = 1; ; tries++) {
      // what founds an aggregate looks nothing up: if it was done before, the append says so
      const isFounding = request.founds === true && tries === 1;
      const loaded = isFounding
        ? unbegun(decider)
        : await loadStream(this.log, this.snapshots, decider, stream);
      // after the stream was read: a twin that is unknown by now cannot be part of the history that is decided upon
      const known = request.repeatable && !isFounding ? await this.log.findCommand(command.id) : undefined;
      if (known) return this.answerAgain(decider, stream, command, known);
      try {
        const events = this.decide(decider, request, loaded.state);
        const appended = await this.log.append({
          stream,
          communityId: request.communityId,
          expectedRevision: loaded.revision,
          events,
          command,
        });
        const reached = grown(decider, loaded, appended as unknown as Recorded<Event>[]);
        await this.snapshots?.keep(decider, stream, reached);
        return outcome(reached, false);
      } catch (error) {
        if (error instanceof CommandRepeated) return this.answerAgain(decider, stream, command, error.known);
        if (isFounding && (error instanceof Rejection || error instanceof UnstorableEvent)) continue; // or it may be a repeat
        if (!(error instanceof VersionConflict)) throw error;
        if (tries === MOST_TRIES)
          throw new Rejection('CONFLICT', 'Others keep changing the same thing; please try again.');
      }
    }
  }

  private decide<State, Command extends { type: string }, Event extends DomainEvent, Settings>(
    decider: Decider<State, Command, Event, Settings>,
    request: CommandRequest<Command, Settings>,
    state: State,
  ): NewEvent[] {
    const now = this.clock().toISOString();
    const { communityId, actor, settings, commandId, correlationId, causationId } = request;
    const events = decider.decide(request.command, state, { communityId, now, actor, settings });
    const metadata: EventMetadata = {
      ...{ communityId, commandId, actorId: actor.id, correlationId },
      ...(causationId === undefined ? {} : { causationId }),
    };
    return events.map((event, index) => ({
      id: derivedId(commandId, index),
      type: event.type,
      at: event.at ?? now,
      data: event.data,
      metadata: event.at ? { ...metadata, recordedAt: now } : metadata,
    }));
  }

  private async answerAgain<State, Command extends { type: string }, Event extends DomainEvent, Settings>(
    decider: Decider<State, Command, Event, Settings>,
    stream: string,
    command: { readonly fingerprint: string },
    known: KnownCommand,
  ): Promise<Outcome<State, Event>> {
    if (known.stream !== stream || known.fingerprint !== command.fingerprint) {
      throw new Rejection(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used before, for something else.',
      );
    }
    return outcome(await loadStream(this.log, this.snapshots, decider, stream, known.revision), true);
  }
}

const outcome = <State, Event extends DomainEvent>(
  { state, history, position }: LoadedStream<State, Event>,
  repeated: boolean,
): Outcome<State, Event> => ({ state, history, position, repeated });
