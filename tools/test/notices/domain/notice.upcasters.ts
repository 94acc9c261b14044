import type { Upcasters } from '@weinao/events';
import type { NoticeEvent } from './notice.events.ts';

type NoticePublished = Extract<NoticeEvent, { type: 'NoticePublished' }>['data'];

/** One building or, where it is empty, everybody; and no urgency but yes or no. */
export interface NoticePublishedV1 {
  readonly title: string;
  readonly building: string;
  readonly urgent: boolean;
}

export const liftNoticePublished = ({ title, building, urgent }: NoticePublishedV1): NoticePublished => ({
  title,
  audience:
    building === '' ? { kind: 'EVERYBODY', buildings: [] } : { kind: 'BUILDINGS', buildings: [building] },
  urgency: urgent ? 'HIGH' : 'NORMAL',
});

export const noticeUpcasters: Upcasters = { NoticePublished: [liftNoticePublished] };
