import { fingerprint, newId } from '@weinao/events';
import type { AppendRequest, EventLog, EventMetadata, NewEvent, Recorded } from '@weinao/events';

const COMMUNITY = 'sunshine';

export function factOf(type: string, data: object = {}, metadata: Partial<EventMetadata> = {}): NewEvent {
  return {
    id: newId(),
    type,
    at: '2026-03-02T08:00:00.000Z',
    data,
    metadata: {
      communityId: COMMUNITY,
      commandId: newId(),
      actorId: 'worker-1',
      correlationId: newId(),
      ...metadata,
    },
  };
}

/** A request to open, unless more is said, a repair ticket that nobody has heard of. */
export function appendRequest(request: Partial<AppendRequest> = {}): AppendRequest {
  const stream = request.stream ?? `ticket/${COMMUNITY}/${newId()}`;
  return {
    stream,
    communityId: COMMUNITY,
    expectedRevision: -1,
    events: [factOf('TicketOpened', { title: '楼道灯坏了' })],
    command: { id: newId(), fingerprint: fingerprint(stream) },
    ...request,
  };
}

/** What a reader gets to see that pages through the log while the work runs, and until the log ends after it. */
export async function seenWhile(log: EventLog, work: Promise<unknown>, limit = 17): Promise<Recorded[]> {
  let working = true;
  const over = (): void => void (working = false);
  work.then(over, over);
  const seen: Recorded[] = [];
  for (;;) {
    const last = !working;
    const page = await log.read({ after: seen.at(-1)?.position ?? 0n, limit });
    seen.push(...page);
    if (last && page.length === 0) return seen;
  }
}
