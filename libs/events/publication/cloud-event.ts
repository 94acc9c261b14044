import type { CloudEventV1 } from 'cloudevents';
import type { EventMetadata, Recorded } from '../event.ts';

/**
 * CloudEvents 1.0 in structured JSON, with extension attributes that let a consumer order and trace events. It knows no
 * null: an attribute without a value is left out.
 */
export interface CloudEvent extends CloudEventV1<object> {
  readonly specversion: '1.0';
  /** `/plugins/<plugin>` */
  readonly source: string;
  /** `<plugin>.<EventName>` */
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: object;
  readonly communityid: string;
  /** Who did it; absent for the platform itself. */
  readonly actorid?: string;
  readonly correlationid: string;
  readonly causationid: string;
  /** Position in the publishing plugin's log: a whole number as text, rising, with gaps where the log has gaps. */
  readonly sequence: string;
  /** Position of the event before it in that log: a consumer that stands elsewhere has missed something. */
  readonly previous: string;
  /** Place in the stream that `subject` names. */
  readonly revision: number;
  readonly schemaversion: number;
}

export function toCloudEvent(plugin: string, event: Recorded, previous: bigint): CloudEvent {
  const { communityId, actorId, correlationId, causationId, commandId } = event.metadata;
  return {
    specversion: '1.0',
    id: event.id,
    source: `/plugins/${plugin}`,
    type: `${plugin}.${event.type}`,
    subject: event.stream,
    time: event.at,
    datacontenttype: 'application/json',
    data: event.data,
    communityid: communityId,
    ...(actorId === null ? {} : { actorid: actorId }),
    correlationid: correlationId,
    causationid: causationId ?? commandId,
    sequence: event.position.toString(),
    previous: previous.toString(),
    revision: event.revision,
    schemaversion: event.schemaVersion,
  };
}

/** What a plugin consumes of another's event: typed locally by the consumer, never shared. */
export interface ConsumedEvent {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly data: object;
  readonly stream: string;
  readonly position: bigint;
  readonly metadata: Pick<EventMetadata, 'communityId' | 'actorId' | 'correlationId'>;
}

export const fromCloudEvent = (event: CloudEvent): ConsumedEvent => ({
  id: event.id,
  type: event.type.slice(event.type.indexOf('.') + 1),
  at: event.time,
  data: event.data,
  stream: event.subject,
  position: BigInt(event.sequence),
  metadata: {
    communityId: event.communityid,
    actorId: event.actorid ?? null,
    correlationId: event.correlationid,
  },
});
