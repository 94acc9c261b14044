import { newId } from '@weinao/events';
import type { EventLog, NewEvent } from '@weinao/events';

const COMMUNITY = 'sunshine';
const EVENTS_A_STREAM = 20;
const AT_ONCE = 5_000;
const AT = '2026-03-02T08:00:00.000Z';

/** What happens to a ticket, in this order. */
const LIFE: readonly Pick<NewEvent, 'type' | 'data'>[] = Array.from({ length: EVENTS_A_STREAM }, (_, n) => {
  if (n === 0) return { type: 'TicketOpened', data: { title: '2号楼电梯停运', category: 'lift', floor: 12 } };
  if (n === EVENTS_A_STREAM - 1) return { type: 'TicketResolved', data: { resolution: '更换了控制板' } };
  if (n % 6 === 1) return { type: 'TicketAssigned', data: { worker: `worker-${n}` } };
  return { type: 'TicketNoted', data: { text: `已联系维保单位，预计今天下午到场检修（第${n}次）` } };
});

/**
 * Fills a log through its own `append`: 20 events a stream, and each stream's next one only after all the others had
 * theirs, so that a page has few streams twice.
 */
export async function fillWithTickets(
  log: EventLog,
  events: number,
  analyze: () => Promise<unknown>,
): Promise<void> {
  const streams = Array.from(
    { length: Math.ceil(events / EVENTS_A_STREAM) },
    () => `ticket/${COMMUNITY}/${newId()}`,
  );
  for (let revision = 0; revision < EVENTS_A_STREAM; revision++) {
    for (let from = 0; from < streams.length; from += AT_ONCE) {
      const some = streams.slice(from, from + AT_ONCE);
      await Promise.all(some.map((stream) => appendNext(log, stream, revision)));
    }
    if (revision === 0) await analyze();
  }
}

function appendNext(log: EventLog, stream: string, revision: number): Promise<unknown> {
  const command = newId();
  const metadata = {
    communityId: COMMUNITY,
    commandId: command,
    actorId: 'resident-4711',
    correlationId: command,
  };
  return log.append({
    stream,
    communityId: COMMUNITY,
    expectedRevision: revision - 1,
    events: [{ id: newId(), at: AT, metadata, ...LIFE[revision]! }],
    command: { id: command, fingerprint: 'ticket' },
  });
}
