import { ticketDecider } from './ticket.decider.ts';
import type { TicketEvent } from './ticket.decider.ts';
import { intent } from '../../index.ts';
import type { Timer } from '../../index.ts';

const THREE_DAYS_MS = 3 * 24 * 3_600_000;

/** A ticket that nobody has resolved after three days resolves itself. */
export const staleTicketTimer: Timer<TicketEvent> = {
  name: 'stale-ticket',
  version: 1,

  changes({ type, at, stream }) {
    const key = stream.slice(stream.lastIndexOf('/') + 1);
    if (type === 'TicketResolved') return [{ cancel: { key } }];
    return [{ set: { key, due: new Date(Date.parse(at) + THREE_DAYS_MS).toISOString() } }];
  },

  fire({ key }) {
    return [intent(ticketDecider, key, { type: 'ResolveTicket', resolution: 'nobody asked for three days' })];
  },
};
