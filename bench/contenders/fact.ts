import { newId } from '@weinao/events';
import type { EventMetadata } from '@weinao/events';

/** What every contender is given to store: the first event of a stream, about 300 bytes of data and metadata as JSON. */
export interface Fact {
  readonly id: string;
  readonly stream: string;
  readonly community: string;
  readonly command: string;
  readonly fingerprint: string;
  readonly type: string;
  readonly at: string;
  readonly data: object;
  readonly metadata: EventMetadata;
}

const COMMUNITY = 'sunshine';
/** As long as a SHA-256; to make one is the command handler's work, not the log's. */
const FINGERPRINT = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export function newFact(): Fact {
  const command = newId();
  return {
    id: newId(),
    stream: `ticket/${COMMUNITY}/${newId()}`,
    community: COMMUNITY,
    command,
    fingerprint: FINGERPRINT,
    type: 'TicketOpened',
    at: '2026-03-02T08:00:00.000Z',
    data: { kind: 'REPAIR', category: 'lift', title: '2号楼电梯停运', building: '2', unit: '1', floor: 12 },
    metadata: {
      communityId: COMMUNITY,
      commandId: command,
      actorId: 'resident-4711',
      correlationId: command,
    },
  };
}
