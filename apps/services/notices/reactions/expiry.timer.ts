import { idOfStream, intent } from '@weinao/events';
import type { Timer } from '@weinao/events';
import { noticeDecider } from '../domain/notice.decider.ts';
import type { NoticeEvent } from '../domain/notice.events.ts';

/** What is published is over when it was to be. */
export const expiryTimer: Timer<NoticeEvent> = {
  name: 'expiry',
  version: 1,

  changes({ type, data, stream }) {
    const key = idOfStream(stream);
    if (type === 'NoticePublished' && data.expiresAt !== null) return [{ set: { key, due: data.expiresAt } }];
    return type === 'NoticeWithdrawn' ? [{ cancel: { key } }] : [];
  },

  fire({ key }) {
    return [intent(noticeDecider, key, { type: 'ExpireNotice' })];
  },
};
