import { describe, it } from '@jest/globals';
import { recorded, timers } from '@weinao/testing';
import { staleTicketTimer } from './stale-ticket.timer.ts';
import { ticketDecider } from './ticket.decider.ts';
import type { TicketEvent } from './ticket.decider.ts';
import { intent } from '../../index.ts';

describe('the timer of a ticket that nobody resolves', () => {
  const stream = 'ticket/sunshine/lamp';
  const opened = recorded<TicketEvent>({ type: 'TicketOpened', data: { title: '楼道灯坏了' } }, { stream });
  const resolved = recorded<TicketEvent>(
    { type: 'TicketResolved', data: { resolution: 'new lamp', by: 'worker-1' } },
    { stream },
  );

  it('waits for three days, and then resolves it', () => {
    const given = timers(staleTicketTimer).given(opened);
    given.thenPending([{ key: 'lamp', due: '2026-03-05T08:00:00.000Z' }]);
    given
      .whenDue('lamp')
      .then(
        intent(ticketDecider, 'lamp', { type: 'ResolveTicket', resolution: 'nobody asked for three days' }),
      );
  });

  it('is over when somebody resolves the ticket', () => {
    timers(staleTicketTimer).given(opened, resolved).thenPending([]);
  });
});
