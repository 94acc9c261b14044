import { describe, expect, it } from '@jest/globals';
import { fold, reject, Rejection } from './decider.ts';
import { ticketDecider } from '../test/tickets/ticket.decider.ts';
import type { TicketEvent } from '../test/tickets/ticket.decider.ts';

describe('folding', () => {
  const history: TicketEvent[] = [
    { type: 'TicketOpened', data: { title: '楼道灯坏了' } },
    { type: 'TicketResolved', data: { resolution: 'new lamp', by: 'worker-1' } },
  ];

  it('gives the state after the events, and the first state without any', () => {
    expect(fold(ticketDecider, history)).toEqual({ status: 'RESOLVED' });
    expect(fold(ticketDecider, history.slice(0, 1))).toEqual({ status: 'OPEN' });
    expect(fold(ticketDecider, [])).toBe(ticketDecider.initial);
  });
});

describe('rejecting', () => {
  it('has a code for machines, a sentence for people, and details', () => {
    const rejecting = (): never =>
      reject('NOTICE_EXPIRED', 'The notice has expired.', { since: '2026-03-01' });
    expect(rejecting).toThrow(Rejection);
    expect(rejecting).toThrow(
      expect.objectContaining({
        code: 'NOTICE_EXPIRED',
        message: 'The notice has expired.',
        details: { since: '2026-03-01' },
      }),
    );
  });
});
