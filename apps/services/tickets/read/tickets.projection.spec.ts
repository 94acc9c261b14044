import { describe, it } from '@jest/globals';
import { FIXED_NOW, projection, recorded } from '@weinao/testing';
import { TicketCounterRow, TicketEventRow, TicketRow } from './ticket.rows.ts';
import { ticketsProjection } from './tickets.projection.ts';
import type { TicketEvent, TicketOpening } from '../domain/ticket.events.ts';

const { given } = projection(ticketsProjection);

const opening: TicketOpening = {
  kind: 'REPAIR',
  category: '公共照明',
  title: '3号楼楼道灯坏了',
  description: null,
  location: { building: '3号楼' },
  anonymous: false,
  openedBy: 'resident-lin',
  origin: null,
};

const LAMP = 'ticket/osmanthus-court/lamp';

/** An event of the lamp's ticket, with who did it. */
const happened = (event: TicketEvent, revision: number, actorId: string, stream = LAMP) => {
  const communityId = stream.split('/')[1]!;
  return recorded(event, { stream, revision, actorId, communityId });
};

const opened = (stream = LAMP, changes: Partial<TicketOpening> = {}) =>
  happened({ type: 'TicketOpened', data: { ...opening, ...changes } }, 0, 'resident-lin', stream);
const assigned = happened(
  { type: 'TicketAssigned', data: { assigneeId: 'property-chen' } },
  1,
  'worker-wang',
);
const started = happened({ type: 'TicketStarted', data: {} }, 2, 'property-chen');
const resolved = happened({ type: 'TicketResolved', data: { resolution: '已更换灯管' } }, 3, 'property-chen');

const { origin: _origin, ...shown } = opening;
const row: TicketRow = {
  ...shown,
  communityId: 'osmanthus-court',
  id: 'lamp',
  number: 1,
  status: 'OPEN',
  openedAt: FIXED_NOW,
  assigneeId: null,
  resolution: null,
  stars: null,
  externalId: null,
};

describe('the row of a ticket', () => {
  it('is what was reported', () => {
    given(opened()).then(TicketRow, [row]);
  });

  it('follows the work on it', () => {
    given(opened(), assigned).then(TicketRow, [{ ...row, status: 'ASSIGNED', assigneeId: 'property-chen' }]);
    const inWork = { ...row, assigneeId: 'property-chen' };
    given(opened(), assigned, started).then(TicketRow, [{ ...inWork, status: 'IN_PROGRESS' }]);
    const done: TicketRow = { ...inWork, status: 'RESOLVED', resolution: '已更换灯管' };
    given(opened(), assigned, started, resolved).then(TicketRow, [done]);
  });

  it('keeps the stars, and forgets a resolution that did not last', () => {
    const rated = happened({ type: 'TicketRated', data: { stars: 4, comment: '快' } }, 4, 'resident-lin');
    const reopened = happened({ type: 'TicketReopened', data: { reason: '又坏了' } }, 4, 'resident-lin');
    const inWork = { ...row, assigneeId: 'property-chen' };
    const closed: TicketRow = { ...inWork, status: 'CLOSED', resolution: '已更换灯管', stars: 4 };
    given(opened(), assigned, started, resolved, rated).then(TicketRow, [closed]);
    given(opened(), assigned, started, resolved, reopened).then(TicketRow, [inWork]);
  });

  it('ends closed or cancelled', () => {
    const closed = happened({ type: 'TicketClosed', data: {} }, 1, 'admin-sun');
    const cancelled = happened({ type: 'TicketCancelled', data: { reason: '误报' } }, 1, 'resident-lin');
    given(opened(), closed).then(TicketRow, [{ ...row, status: 'CLOSED' }]);
    given(opened(), cancelled).then(TicketRow, [{ ...row, status: 'CANCELLED' }]);
  });

  it('does not change by what people say or by who joins', () => {
    const said = happened({ type: 'TicketCommented', data: { text: '我家也是' } }, 1, 'resident-zhao');
    const joined = happened(
      { type: 'TicketJoined', data: { residentId: 'resident-zhao' } },
      2,
      'resident-zhao',
    );
    given(opened(), said, joined).then(TicketRow, [row]);
  });

  it('knows its id in the system that it came from', () => {
    const imported = opened(LAMP, { origin: { source: 'old-system', externalId: 'OLD-1' } });
    given(imported).then(TicketRow, [{ ...row, externalId: 'OLD-1' }]);
  });
});

describe('the history of a ticket', () => {
  it('has a line for each event, with who did it and what was said', () => {
    const line = { communityId: 'osmanthus-court', ticketId: 'lamp', at: FIXED_NOW };
    const commented = happened({ type: 'TicketCommented', data: { text: '我家也是' } }, 4, 'resident-zhao');
    given(opened(), assigned, started, resolved, commented).then(TicketEventRow, [
      { ...line, revision: 0, type: 'TicketOpened', by: 'resident-lin', note: null },
      { ...line, revision: 1, type: 'TicketAssigned', by: 'worker-wang', note: 'property-chen' },
      { ...line, revision: 2, type: 'TicketStarted', by: 'property-chen', note: null },
      { ...line, revision: 3, type: 'TicketResolved', by: 'property-chen', note: '已更换灯管' },
      { ...line, revision: 4, type: 'TicketCommented', by: 'resident-zhao', note: '我家也是' },
    ]);
  });
});

describe('the numbers of tickets', () => {
  it('count each community for itself, in the order of the log', () => {
    const [door, other] = ['ticket/osmanthus-court/door', 'ticket/willow-bank/gate'];
    const history = [opened(), opened(other), opened(door)];
    given(...history).then(TicketRow, [
      row,
      { ...row, communityId: 'willow-bank', id: 'gate' },
      { ...row, id: 'door', number: 2 },
    ]);
    given(...history).then(TicketCounterRow, [
      { communityId: 'osmanthus-court', opened: 2 },
      { communityId: 'willow-bank', opened: 1 },
    ]);
  });
});
