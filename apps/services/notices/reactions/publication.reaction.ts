import { idOfStream, intent } from '@weinao/events';
import { dayIn } from '@weinao/plugins';
import type { LookingReaction } from '@weinao/plugins';
import { noticeDecider } from '../domain/notice.decider.ts';
import type { NoticeEvent } from '../domain/notice.events.ts';
import { AddresseeReader } from '../read/addressee.reader.ts';

type NoticeFellDue = Extract<NoticeEvent, { type: 'NoticeFellDue' }>;

/** Whom a scheduled notice addresses is decided when it falls due, not when it was written. */
export const publicationReaction: LookingReaction<NoticeFellDue, AddresseeReader> = {
  name: 'publication',
  follows: ['NoticeFellDue'],
  reader: AddresseeReader,

  async react({ stream, at, data: { audience } }, reader, community) {
    const addressed = await reader.addressed(community, audience, dayIn(community.timeZone, at));
    return [intent(noticeDecider, idOfStream(stream), { type: 'PublishDue', addressed })];
  },
};
