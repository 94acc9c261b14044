import { describe, it } from '@jest/globals';
import { numberedId, reaction } from '@weinao/testing';
import { smokeReaction } from './smoke.reaction.ts';
import type { SmokeDetected } from './smoke.reaction.ts';
import { ticketDecider } from './ticket.decider.ts';
import { intent } from '../../index.ts';

describe('the check after smoke', () => {
  const smoke: SmokeDetected = {
    type: 'devices.SmokeDetected',
    data: { deviceId: 'smoke-7', place: '3 栋 502' },
  };

  it('opens a ticket for each time that smoke was detected', () => {
    const id = numberedId(7);
    const ticket = intent(ticketDecider, `smoke-${id}`, { type: 'OpenTicket', title: 'Smoke: 3 栋 502' });
    reaction(smokeReaction).given(smoke, { id }).then(ticket);
  });
});
