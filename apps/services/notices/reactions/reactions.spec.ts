import { describe, expect, it } from '@jest/globals';
import { intent } from '@weinao/events';
import { lookingReaction, reaction, recorded, timers } from '@weinao/testing';
import { expiryTimer } from './expiry.timer.ts';
import { publicationReaction } from './publication.reaction.ts';
import { publicationTimer } from './publication.timer.ts';
import { residentReaction } from './resident.reaction.ts';
import { addresseeDecider } from '../domain/addressee.decider.ts';
import { noticeDecider } from '../domain/notice.decider.ts';
import type { NoticeEvent } from '../domain/notice.events.ts';
import type { AddresseeReader } from '../read/addressee.reader.ts';

const [due, end] = ['2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z'];
const notice = { stream: 'notice/sunshine/n-1' };
const audience = { buildings: ['3号楼'], minAge: null, maxAge: null, tags: [] };
const text = {
  title: '停水',
  body: '-',
  audience,
  mustRead: false,
  urgent: false,
  onScreens: true,
  expiresAt: end,
};
const happened = (event: NoticeEvent) => recorded(event, notice);
const scheduled = happened({ type: 'NoticeScheduled', data: { ...text, publishAt: due } });
const withdrawn = happened({ type: 'NoticeWithdrawn', data: { reason: '-' } });
const published = (expiresAt: string | null) =>
  happened({ type: 'NoticePublished', data: { ...text, expiresAt, addressed: null, asOf: '0' } });

describe('the publication of a scheduled notice', () => {
  it('is due when it was to be, unless it was withdrawn', () => {
    const { given } = timers(publicationTimer);
    given(scheduled)
      .thenPending([{ key: 'n-1', due }])
      .whenDue('n-1', { late: true })
      .then(intent(noticeDecider, 'n-1', { type: 'CallDue', late: true }));
    given(scheduled, withdrawn).thenPending([]);
  });

  it('is to those whom the reader finds, by the date of the community', async () => {
    const addressed = { residentIds: ['zhao'], asOf: '7' };
    const asked: unknown[] = [];
    const reader = {
      addressed: async (community: { id: string }, ...args: unknown[]) => (
        asked.push(community.id, ...args),
        addressed
      ),
    } as unknown as AddresseeReader;
    await lookingReaction(publicationReaction, reader)
      .given(
        { type: 'NoticeFellDue', data: { audience, late: false }, at: '2026-03-02T16:00:00.000Z' },
        notice,
      )
      .then(intent(noticeDecider, 'n-1', { type: 'PublishDue', addressed }));
    expect(asked).toEqual(['sunshine', audience, '2026-03-03']);
  });
});

describe('the end of a notice', () => {
  it('is due when it says so, unless it was withdrawn', () => {
    const { given } = timers(expiryTimer);
    given(published(end))
      .thenPending([{ key: 'n-1', due: end }])
      .whenDue('n-1')
      .then(intent(noticeDecider, 'n-1', { type: 'ExpireNotice' }));
    given(published(end), withdrawn).thenPending([]);
    given(published(null)).thenPending([]);
  });
});

describe('what is known of residents', () => {
  const { given } = reaction(residentReaction);
  const zhao = { stream: 'resident/sunshine/zhao' };

  it('is what an audience asks for, and not who they are', () => {
    const data = { name: '赵秀英', phone: '1', building: '3号楼', birthDate: '1941-03-03', tags: ['党员'] };
    const { building, birthDate, tags } = data;
    given({ type: 'residents.ResidentRegistered', data }, zhao).then(
      intent(addresseeDecider, 'zhao', { type: 'NoteAddressee', traits: { building, birthDate, tags } }),
    );
    given({ type: 'residents.ResidentAmended', data: { building: null } }, zhao).then(
      intent(addresseeDecider, 'zhao', { type: 'NoteAddressee', traits: { building: null } }),
    );
    given({ type: 'residents.ResidentMovedOut', data: {} }, zhao).then(
      intent(addresseeDecider, 'zhao', { type: 'LetAddresseeGo' }),
    );
  });
});
