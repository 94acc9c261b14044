import { describe, it } from '@jest/globals';
import { projection, recorded } from '@weinao/testing';
import { TicketCountRow, ticketListProjection, TicketRow } from './ticket-list.projection.ts';
import type { TicketEvent } from './ticket.decider.ts';

const opened = (title: string): TicketEvent => ({ type: 'TicketOpened', data: { title } });
const resolved: TicketEvent = { type: 'TicketResolved', data: { resolution: 'new lamp', by: 'worker-1' } };

describe('the list of tickets', () => {
  const lamp = { stream: 'ticket/sunshine/lamp' };
  const lift = { stream: 'ticket/riverside/lift', communityId: 'riverside', at: '2026-03-02T09:00:00.000Z' };

  it('shows each ticket with who resolved it, and counts the open ones of each community', () => {
    const given = projection(ticketListProjection).given(
      recorded(opened('楼道灯坏了'), lamp),
      recorded(opened('电梯停运'), lift),
      recorded(resolved, lamp),
    );
    given.then(TicketRow, [
      {
        communityId: 'sunshine',
        stream: lamp.stream,
        title: '楼道灯坏了',
        openedAt: '2026-03-02T08:00:00.000Z',
        resolvedBy: 'worker-1',
      },
      {
        communityId: 'riverside',
        stream: lift.stream,
        title: '电梯停运',
        openedAt: lift.at,
        resolvedBy: null,
      },
    ]);
    given.then(TicketCountRow, [
      { communityId: 'sunshine', openTickets: 0, allEvents: 2 },
      { communityId: 'riverside', openTickets: 1, allEvents: 1 },
    ]);
  });
});
