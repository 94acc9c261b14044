import { jsonEvent } from '@kurrent/kurrentdb-client';
import type { EventData, RecordedEvent } from '@kurrent/kurrentdb-client';
import type { AppendRequest } from './event-log.ts';
import { positionOf } from './kurrent.connection.ts';
import type { SerializedEvent } from './serialization.ts';
import type { EventMetadata, Recorded } from '../event.ts';
import { derivedId } from '../identifiers.ts';

/** What KurrentDB has no field for stands in its metadata, beside ours. */
interface KurrentMetadata {
  readonly id: string;
  readonly at: string;
  readonly schemaVersion: number;
  /** By which an attempt finds its own events. */
  readonly command: { readonly id: string; readonly attempt: number };
  readonly metadata: EventMetadata;
}

/**
 * KurrentDB takes an append with known event ids for a repetition and answers it with a success. So that two attempts
 * of one command are never taken for each other, the ids of the later ones derive from the events' own.
 */
export function toKurrent(
  { events, command }: AppendRequest,
  serialized: readonly SerializedEvent[],
  attempt: number,
): EventData[] {
  return events.map(({ id, type, schemaVersion = 1 }, index) => {
    const { at, data, metadata } = serialized[index]!;
    const written: KurrentMetadata = {
      id,
      at,
      schemaVersion,
      command: { id: command.id, attempt },
      metadata: JSON.parse(metadata) as EventMetadata,
    };
    return jsonEvent({
      id: attempt === 0 ? id : derivedId(id, attempt),
      type,
      data: JSON.parse(data) as Record<string, unknown>,
      metadata: { ...written },
    });
  });
}

/** @throws Error for an event that somebody else wrote into one of our streams */
export function fromKurrent(prefix: string, event: RecordedEvent): Recorded {
  const written = event.metadata as KurrentMetadata | undefined;
  if (written?.metadata === undefined)
    throw new Error(`Event ${event.revision} of ${event.streamId} was not written by a log of Weinao`);
  return {
    id: written.id,
    stream: event.streamId.slice(prefix.length),
    revision: Number(event.revision),
    position: positionOf(event),
    type: event.type,
    schemaVersion: written.schemaVersion,
    at: written.at,
    data: event.data as object,
    metadata: written.metadata,
  };
}

export function isOfAttempt({ metadata }: RecordedEvent, commandId: string, attempt: number): boolean {
  const command = (metadata as Partial<KurrentMetadata> | undefined)?.command;
  return command?.id === commandId && command.attempt === attempt;
}
