import { describe, it } from '@jest/globals';
import { anActor, decider } from '@weinao/testing';
import type { OpenTicket, TicketCommand } from './ticket.commands.ts';
import { ticketDecider } from './ticket.decider.ts';
import type { TicketEvent } from './ticket.events.ts';

const lin = anActor('resident-lin');
const zhao = anActor('resident-zhao');
const wang = anActor('worker-wang', 'tickets.cancel-any');
const chen = anActor('property-chen');

const { given } = decider(ticketDecider, { communityId: 'osmanthus-court', actor: chen });

const lamp = {
  kind: 'REPAIR',
  category: '公共照明',
  title: '3号楼楼道灯坏了',
  description: null,
  location: { building: '3号楼' },
  anonymous: false,
} as const;

const openLamp: OpenTicket = { type: 'OpenTicket', ...lamp };
const opened: TicketEvent = { type: 'TicketOpened', data: { ...lamp, openedBy: lin.id, origin: null } };
const assigned: TicketEvent = { type: 'TicketAssigned', data: { assigneeId: chen.id } };
const started: TicketEvent = { type: 'TicketStarted', data: {} };
const resolved: TicketEvent = { type: 'TicketResolved', data: { resolution: '已更换灯管' } };
const reopened: TicketEvent = { type: 'TicketReopened', data: { reason: '又不亮了' } };
const rated: TicketEvent = { type: 'TicketRated', data: { stars: 5, comment: null } };
const closed: TicketEvent = { type: 'TicketClosed', data: {} };
const cancelled: TicketEvent = { type: 'TicketCancelled', data: { reason: '自己修好了' } };
const joined: TicketEvent = { type: 'TicketJoined', data: { residentId: zhao.id } };

const assign: TicketCommand = { type: 'AssignTicket', assigneeId: chen.id };
const start: TicketCommand = { type: 'StartTicket' };
const resolve: TicketCommand = { type: 'ResolveTicket', resolution: '已更换灯管' };
const reopen: TicketCommand = { type: 'ReopenTicket', reason: '又不亮了' };
const rate: TicketCommand = { type: 'RateTicket', stars: 5, comment: null };
const cancel: TicketCommand = { type: 'CancelTicket', reason: '自己修好了' };
const comment: TicketCommand = { type: 'CommentOnTicket', text: '我家也是' };
const join: TicketCommand = { type: 'JoinTicket' };

describe('the life of a ticket', () => {
  it('begins when resident Lin reports the lamp', () => {
    given().when(openLamp, { actor: lin }).then(opened);
  });

  it('goes on when worker Wang assigns it, property staff Chen starts, and resolves it', () => {
    given(opened).when(assign, { actor: wang }).then(assigned);
    given(opened, assigned).when(start).then(started);
    given(opened, assigned, started).when(resolve).then(resolved);
  });

  it('ends with the stars of resident Lin', () => {
    given(opened, assigned, started, resolved).when(rate, { actor: lin }).then(rated);
    given(opened, resolved, rated)
      .when(comment)
      .then({ type: 'TicketCommented', data: { text: '我家也是' } });
  });

  it('starts over when the lamp fails again, with whom it was assigned to', () => {
    given(opened, assigned, resolved).when(reopen, { actor: lin }).then(reopened);
    given(opened, assigned, resolved, reopened).when(start).then(started);
    given(opened, assigned, resolved, reopened).when(resolve).then(resolved);
  });

  it('may be short: whoever can answer at once resolves it without an assignment', () => {
    given(opened).when(resolve).then(resolved);
  });
});

describe('assigning', () => {
  it('to who has it already changes nothing', () => {
    given(opened, assigned).when(assign).thenNothing();
  });

  it('takes the work from who has begun it, also to give it to the same person anew', () => {
    given(opened, assigned, started).when(assign).then(assigned);
    const other = { assigneeId: 'property-zhou' };
    given(opened, assigned)
      .when({ type: 'AssignTicket', ...other })
      .then({ type: 'TicketAssigned', data: other });
  });
});

describe('starting', () => {
  it('needs somebody who does it', () => {
    given(opened).when(start).thenRejects('TICKET_NOT_ASSIGNED');
  });

  it('happens once', () => {
    given(opened, assigned, started).when(start).thenRejects('TICKET_ALREADY_STARTED');
  });
});

describe('a ticket that is over', () => {
  const ends: readonly [string, readonly TicketEvent[]][] = [
    ['TICKET_ALREADY_RESOLVED', [opened, resolved]],
    ['TICKET_ALREADY_CLOSED', [opened, resolved, rated]],
    ['TICKET_ALREADY_CLOSED', [opened, resolved, closed]],
    ['TICKET_ALREADY_CANCELLED', [opened, cancelled]],
  ];

  it.each(ends)('says %s to whoever wants to go on with it', (code, history) => {
    for (const command of [assign, start, resolve, cancel]) {
      given(...history)
        .when(command, { actor: lin })
        .thenRejects(code);
    }
  });

  it.each(ends.slice(1))('says %s to who rates, reopens or joins it', (code, history) => {
    for (const command of [rate, reopen, join]) {
      given(...history)
        .when(command, { actor: lin })
        .thenRejects(code);
    }
  });

  it('can still be commented on', () => {
    given(opened, cancelled)
      .when(comment)
      .then({ type: 'TicketCommented', data: { text: '我家也是' } });
  });
});

describe('rating and reopening', () => {
  it('wait until there is something to judge', () => {
    for (const history of [[opened], [opened, assigned], [opened, assigned, started]]) {
      given(...history)
        .when(rate, { actor: lin })
        .thenRejects('TICKET_NOT_RESOLVED');
      given(...history)
        .when(reopen, { actor: lin })
        .thenRejects('TICKET_NOT_RESOLVED');
    }
  });

  it('are for the person served: neither staff nor a neighbour rates', () => {
    for (const actor of [chen, wang, zhao]) {
      given(opened, resolved).when(rate, { actor }).thenRejects('FORBIDDEN');
      given(opened, resolved).when(reopen, { actor }).thenRejects('FORBIDDEN');
    }
  });

  it('let who joined reopen, but not rate', () => {
    given(opened, joined, resolved).when(reopen, { actor: zhao }).then(reopened);
    given(opened, joined, resolved).when(rate, { actor: zhao }).thenRejects('FORBIDDEN');
  });
});

describe('cancelling', () => {
  it('is for who opened it, and for a worker', () => {
    given(opened).when(cancel, { actor: lin }).then(cancelled);
    given(opened, assigned, started).when(cancel, { actor: wang }).then(cancelled);
    for (const actor of [zhao, chen]) given(opened).when(cancel, { actor }).thenRejects('FORBIDDEN');
  });
});

describe('joining', () => {
  it('counts a neighbour once, and the opener not at all', () => {
    given(opened).when(join, { actor: zhao }).then(joined);
    given(opened, joined).when(join, { actor: zhao }).thenNothing();
    given(opened).when(join, { actor: lin }).thenNothing();
  });

  it('is possible while one could reopen it', () => {
    given(opened, resolved).when(join, { actor: zhao }).then(joined);
  });
});

describe('an anonymous ticket', () => {
  it('can be a tip, which still knows its giver', () => {
    const tip = { ...lamp, kind: 'TIP', title: '有人高空抛物', anonymous: true } as const;
    given()
      .when({ type: 'OpenTicket', ...tip }, { actor: zhao })
      .then({ type: 'TicketOpened', data: { ...tip, openedBy: zhao.id, origin: null } });
  });

  it('cannot be a repair, for which somebody has to open the door', () => {
    given()
      .when({ ...openLamp, anonymous: true })
      .thenRejects('TICKET_NOT_ANONYMOUS');
  });
});

describe('a ticket that does not exist', () => {
  it.each([assign, start, resolve, reopen, rate, cancel, comment, join])('cannot take $type', (command) => {
    given().when(command).thenRejects('NOT_FOUND');
  });

  it('cannot be opened a second time', () => {
    given(opened).when(openLamp).thenRejects('CONFLICT');
  });
});
