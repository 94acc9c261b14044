import { describe, it } from '@jest/globals';
import { decider } from '@weinao/testing';
import type { ImportTicket } from './ticket.commands.ts';
import { ticketDecider } from './ticket.decider.ts';
import type { TicketEvent } from './ticket.events.ts';

const { given } = decider(ticketDecider);

const openedAt = '2025-07-01T08:00:00.000Z';
const endedAt = '2025-07-03T09:30:00.000Z';
const leak = {
  kind: 'REPAIR',
  category: '管道',
  title: '地下室渗水',
  description: null,
  location: null,
  anonymous: false,
  openedBy: 'resident-lin',
  origin: { source: 'old-system', externalId: 'OLD-1' },
} as const;

const importLeak = (told: Partial<ImportTicket>): ImportTicket => ({
  type: 'ImportTicket',
  ...leak,
  status: 'OPEN',
  openedAt,
  assigneeId: null,
  resolution: null,
  endedAt: null,
  ...told,
});

const opened: TicketEvent = { type: 'TicketOpened', data: leak, at: openedAt };
const assigned: TicketEvent = { type: 'TicketAssigned', data: { assigneeId: 'property-chen' }, at: openedAt };
const assigneeId = 'property-chen';

describe('a ticket from the old system', () => {
  it('that is open has been opened, on its own day, and assigned to nobody', () => {
    given().when(importLeak({})).then(opened);
    given().when(importLeak({ assigneeId })).then(opened);
  });

  it('that is assigned was so from the beginning', () => {
    given()
      .when(importLeak({ status: 'ASSIGNED', assigneeId }))
      .then(opened, assigned);
  });

  it('that is in progress has been started when it was last heard of', () => {
    const started: TicketEvent = { type: 'TicketStarted', data: {}, at: endedAt };
    given()
      .when(importLeak({ status: 'IN_PROGRESS', assigneeId, endedAt }))
      .then(opened, assigned, started);
  });

  it('that is resolved has its resolution, on the day of it', () => {
    const resolved: TicketEvent = { type: 'TicketResolved', data: { resolution: '已堵漏' }, at: endedAt };
    const told = { status: 'RESOLVED', resolution: '已堵漏', endedAt } as const;
    given()
      .when(importLeak({ ...told, assigneeId }))
      .then(opened, assigned, resolved);
    given().when(importLeak(told)).then(opened, resolved);
  });

  it('that is closed was resolved and closed, without stars', () => {
    const resolved: TicketEvent = { type: 'TicketResolved', data: { resolution: '' }, at: endedAt };
    const closed: TicketEvent = { type: 'TicketClosed', data: {}, at: endedAt };
    given()
      .when(importLeak({ status: 'CLOSED', endedAt }))
      .then(opened, resolved, closed);
  });

  it('that is cancelled ended so, on the day of its opening where no other is known', () => {
    const cancelled: TicketEvent = { type: 'TicketCancelled', data: { reason: '误报' }, at: openedAt };
    given()
      .when(importLeak({ status: 'CANCELLED', resolution: '误报' }))
      .then(opened, cancelled);
  });

  it('goes on here like any other', () => {
    given(opened, assigned).when({ type: 'StartTicket' }).then({ type: 'TicketStarted', data: {} });
  });
});
