import { describe, it } from '@jest/globals';
import { decider, FIXED_NOW } from '@weinao/testing';
import { acknowledgementDecider } from './acknowledgement.decider.ts';
import { addresseeDecider } from './addressee.decider.ts';
import { noticeDecider } from './notice.decider.ts';
import type { Addressed, NoticeCommand } from './notice.decider.ts';
import type { NoticeEvent, NoticeText } from './notice.events.ts';
import { screenDecider } from './screen.decider.ts';

const after = (ms: number): string => new Date(Date.parse(FIXED_NOW) + ms).toISOString();
const text: NoticeText = {
  ...{ title: '停水', body: '九点到十二点', mustRead: false, urgent: false, onScreens: true },
  audience: { buildings: [], minAge: null, maxAge: null, tags: [] },
  expiresAt: after(2_000),
};
const zhao: Addressed = { residentIds: ['zhao'], asOf: '7' };
const published: NoticeEvent = { type: 'NoticePublished', data: { ...text, addressed: 1, asOf: '7' } };
const addressed: NoticeEvent = { type: 'NoticeAddressed', data: { residentIds: ['zhao'] } };
const scheduled: NoticeEvent = { type: 'NoticeScheduled', data: { ...text, publishAt: after(1_000) } };
const fallenDue: NoticeEvent = { type: 'NoticeFellDue', data: { audience: text.audience, late: false } };
const withdrawn: NoticeEvent = { type: 'NoticeWithdrawn', data: { reason: '有误' } };
const expired: NoticeEvent = { type: 'NoticeExpired', data: {} };

const { given } = decider(noticeDecider);

describe('a notice', () => {
  const publish = (changes: Partial<NoticeText> = {}, to: Addressed = zhao): NoticeCommand => ({
    type: 'PublishNotice',
    text: { ...text, ...changes },
    addressed: to,
    unknownBuildings: [],
  });

  it('is published to those who were looked up', () => {
    given().when(publish()).then(published, addressed);
  });

  it('is published to everybody where there are no residents, and to nobody where none fits', () => {
    const to = (count: number | null): NoticeEvent => ({
      type: 'NoticePublished',
      data: { ...text, addressed: count, asOf: '7' },
    });
    given()
      .when(publish({}, { residentIds: null, asOf: '7' }))
      .then(to(null));
    given()
      .when(publish({}, { residentIds: [], asOf: '7' }))
      .then(to(0));
  });

  it('names many in events that stay small', () => {
    const residentIds = Array.from({ length: 2_001 }, (_, n) => `r-${n}`);
    const some = (from: number, to: number): NoticeEvent => ({
      type: 'NoticeAddressed',
      data: { residentIds: residentIds.slice(from, to) },
    });
    const many: NoticeEvent = { type: 'NoticePublished', data: { ...text, addressed: 2_001, asOf: '7' } };
    given()
      .when(publish({}, { residentIds, asOf: '7' }))
      .then(many, some(0, 1_000), some(1_000, 2_000), some(2_000, 2_001));
  });

  it('does not begin after its end, nor where nobody lives', () => {
    given()
      .when(publish({ expiresAt: FIXED_NOW }))
      .thenRejects('BAD_USER_INPUT');
    given()
      .when({ ...publish(), unknownBuildings: ['三号楼'] } as NoticeCommand)
      .thenRejects('BAD_USER_INPUT');
  });

  it('ends once, by being withdrawn or by its time', () => {
    const withdraw: NoticeCommand = { type: 'WithdrawNotice', reason: '有误' };
    given(published, addressed).when(withdraw).then(withdrawn);
    given(published, addressed).when({ type: 'ExpireNotice' }).then(expired);
    given(published, withdrawn).when({ type: 'ExpireNotice' }).thenNothing();
    given(published, withdrawn).when(withdraw).thenRejects('NOTICE_OVER', { status: 'WITHDRAWN' });
    given(published, expired).when(withdraw).thenRejects('NOTICE_OVER', { status: 'EXPIRED' });
    given().when(withdraw).thenRejects('NOT_FOUND');
  });
});

describe('a scheduled notice', () => {
  const schedule = (publishAt: string): NoticeCommand => ({
    ...{ type: 'ScheduleNotice', text, publishAt, unknownBuildings: [] },
  });
  const callDue: NoticeCommand = { type: 'CallDue', late: false };
  const publishDue: NoticeCommand = { type: 'PublishDue', addressed: zhao };

  it('lies in the future, and before its own end', () => {
    given()
      .when(schedule(after(1_000)))
      .then(scheduled);
    given().when(schedule(FIXED_NOW)).thenRejects('BAD_USER_INPUT');
    given()
      .when(schedule(after(2_000)))
      .thenRejects('BAD_USER_INPUT');
  });

  it('falls due, is looked up, and is published', () => {
    given(scheduled).when(callDue).then(fallenDue);
    given(scheduled, fallenDue).when(publishDue).then(published, addressed);
  });

  it('does neither twice, nor when it was withdrawn meanwhile', () => {
    given(scheduled, fallenDue).when(callDue).thenNothing();
    given(scheduled, withdrawn).when(callDue).thenNothing();
    given(scheduled, fallenDue, withdrawn).when(publishDue).thenNothing();
    given(scheduled, fallenDue, published).when(publishDue).thenNothing();
    given(scheduled).when(publishDue).thenNothing();
  });

  it('only ends where it comes so late that its time is over', () => {
    given(scheduled, fallenDue)
      .when(publishDue, { now: after(2_000) })
      .then(expired);
  });
});

describe('an acknowledgement', () => {
  const asked = { type: 'AcknowledgeNotice', noticeId: 'n-1', residentId: 'zhao' } as const;
  const given = { type: 'NoticeAcknowledged', data: { noticeId: 'n-1', residentId: 'zhao' } } as const;
  const specification = decider(acknowledgementDecider);
  const when = (isValid: boolean, isAddressed: boolean, ...events: (typeof given)[]) =>
    specification.given(...events).when({ ...asked, isValid, isAddressed });

  it('is given once, by whom a valid notice addresses', () => {
    when(true, true).then(given);
    when(true, false).thenRejects('NOTICE_NOT_ADDRESSED');
    when(false, true).thenRejects('NOTICE_OVER');
    when(false, false, given).thenNothing();
  });
});

describe('an addressee', () => {
  const { given: known } = decider(addresseeDecider);
  const noted = (building: string | null) =>
    ({ type: 'AddresseeNoted', data: { building, birthDate: '1941-03-03', tags: [] } }) as const;

  it('is known by what was said last, and is gone after moving out', () => {
    const traits = { building: '3号楼', birthDate: '1941-03-03' };
    known().when({ type: 'NoteAddressee', traits }).then(noted('3号楼'));
    known(noted('3号楼')).when({ type: 'NoteAddressee', traits: {} }).thenNothing();
    known(noted('3号楼'))
      .when({ type: 'NoteAddressee', traits: { building: null } })
      .then(noted(null));
    const left = { type: 'AddresseeLeft', data: {} } as const;
    known(noted('3号楼')).when({ type: 'LetAddresseeGo' }).then(left);
    known(noted('3号楼'), left).when({ type: 'LetAddresseeGo' }).thenNothing();
  });
});

describe('a screen', () => {
  it('is registered once', () => {
    const details = { name: '东门屏', building: null, tokenHash: 'abc' };
    const registered = { type: 'ScreenRegistered', data: details } as const;
    const specification = decider(screenDecider);
    specification.given().when({ type: 'RegisterScreen', details }).then(registered);
    specification.given(registered).when({ type: 'RegisterScreen', details }).thenRejects('CONFLICT');
  });
});
