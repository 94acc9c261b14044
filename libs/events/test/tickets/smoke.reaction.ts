import { ticketDecider } from './ticket.decider.ts';
import { intent } from '../../index.ts';
import type { Reaction } from '../../index.ts';

/** What this plugin needs to know of another one's event. */
export interface SmokeDetected {
  readonly type: 'devices.SmokeDetected';
  readonly data: { readonly deviceId: string; readonly place: string };
}

/** Where smoke was detected, somebody has to look after the device. */
export const smokeReaction: Reaction<SmokeDetected> = {
  name: 'check-after-smoke',
  follows: ['devices.SmokeDetected'],

  react({ id, data: { place } }) {
    return [intent(ticketDecider, `smoke-${id}`, { type: 'OpenTicket', title: `Smoke: ${place}` })];
  },
};
