import { describe, it } from '@jest/globals';
import { anActor, decider } from '@weinao/testing';
import { ticketDecider } from './ticket.decider.ts';
import type { TicketEvent } from './ticket.decider.ts';

const opened: TicketEvent = { type: 'TicketOpened', data: { title: '楼道灯坏了' } };
const resolved: TicketEvent = { type: 'TicketResolved', data: { resolution: 'new lamp', by: 'worker-1' } };

describe('a repair ticket', () => {
  const ticket = decider(ticketDecider, { actor: anActor('worker-1', 'tickets.work') });

  it('is opened', () => {
    ticket.given().when({ type: 'OpenTicket', title: '楼道灯坏了' }).then(opened);
  });

  it('is resolved by whoever resolves it', () => {
    ticket.given(opened).when({ type: 'ResolveTicket', resolution: 'new lamp' }).then(resolved);
  });

  it('is not resolved twice', () => {
    ticket
      .given(opened, resolved)
      .when({ type: 'ResolveTicket', resolution: 'once more' })
      .thenRejects('TICKET_ALREADY_RESOLVED');
  });

  it('cannot be resolved before somebody opened it', () => {
    ticket.given().when({ type: 'ResolveTicket', resolution: 'new lamp' }).thenRejects('NOT_FOUND');
  });
});
