import { derivedId } from '@weinao/events';
import type { DomainEvent, EventEnvelope, EventMetadata, Recorded } from '@weinao/events';

export interface RecordedWhere
  extends
    Partial<Pick<EventEnvelope, 'id' | 'stream' | 'revision' | 'at' | 'schemaVersion'>>,
    Partial<EventMetadata> {
  readonly position?: bigint | number;
}

/** An event as a log would give it back; what is not said is filled in, the same each time. */
export function recorded<Event extends DomainEvent>(
  event: Event,
  where: RecordedWhere = {},
): Recorded<Event> {
  const { position = 1, revision = 0, communityId = 'sunshine', schemaVersion = 1, ...rest } = where;
  const stream = rest.stream ?? `thing/${communityId}/1`;
  const commandId = rest.commandId ?? derivedId('command', stream, revision);
  const envelope: EventEnvelope = {
    id: rest.id ?? derivedId(commandId, 0),
    stream,
    revision,
    position: BigInt(position),
    schemaVersion,
    at: rest.at ?? event.at ?? '2026-03-02T08:00:00.000Z',
    metadata: {
      communityId,
      commandId,
      actorId: rest.actorId === undefined ? 'worker-1' : rest.actorId,
      correlationId: rest.correlationId ?? derivedId('correlation', commandId),
      ...(rest.causationId === undefined ? {} : { causationId: rest.causationId }),
      ...(rest.recordedAt === undefined ? {} : { recordedAt: rest.recordedAt }),
    },
  };
  return { ...envelope, type: event.type, data: event.data } as unknown as Recorded<Event>;
}

export type Recordable<Event extends DomainEvent> = Event | Recorded<Event>;

/** Puts them one after the other: whoever has no place of its own in log and stream, or a taken one, gets the next. */
export function recordedInOrder<Event extends DomainEvent>(
  events: readonly Recordable<Event>[],
): Recorded<Event>[] {
  const revisions = new Map<string, number>();
  let last = 0n;
  return events.map((event) => {
    const envelope = 'position' in event ? (event as unknown as EventEnvelope) : undefined;
    const stream = envelope?.stream ?? 'thing/sunshine/1';
    const revision = Math.max(revisions.get(stream) ?? 0, envelope?.revision ?? 0);
    revisions.set(stream, revision + 1);
    const next = last + 1n;
    const position = envelope && envelope.position > next ? envelope.position : next;
    last = position;
    if (!envelope) return recorded(event as Event, { stream, revision, position });
    const id = revision === envelope.revision ? envelope.id : derivedId(envelope.id, revision);
    return { ...envelope, type: event.type, data: event.data, id, revision, position };
  }) as unknown as Recorded<Event>[];
}
