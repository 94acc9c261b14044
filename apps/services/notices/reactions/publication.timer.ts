import { idOfStream, intent } from '@weinao/events';
import type { Timer } from '@weinao/events';
import { noticeDecider } from '../domain/notice.decider.ts';
import type { NoticeEvent } from '../domain/notice.events.ts';

/** A notice is published when it was to be. */
export const publicationTimer: Timer<NoticeEvent> = {
  name: 'publication',
  version: 1,

  changes({ type, data, stream }) {
    const key = idOfStream(stream);
    if (type === 'NoticeScheduled') return [{ set: { key, due: data.publishAt } }];
    return type === 'NoticeWithdrawn' ? [{ cancel: { key } }] : [];
  },

  fire({ key }, { late }) {
    return [intent(noticeDecider, key, { type: 'CallDue', late })];
  },
};
