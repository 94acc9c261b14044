import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded, Rows } from '@weinao/events';
import { rowsAsOf } from '@weinao/plugins';
import { NoticeAddresseeRow } from './notice-addressee.row.ts';
import { NoticeRow } from './notice.row.ts';
import type { AcknowledgementEvent, NoticeEvent } from '../domain/notice.events.ts';

type RecordedEvent = Recorded<NoticeEvent | AcknowledgementEvent>;

const NOTICE_EVENTS: readonly string[] = [
  'NoticeScheduled',
  'NoticePublished',
  'NoticeWithdrawn',
  'NoticeExpired',
] satisfies NoticeEvent['type'][];

const keyOf = ({ stream, metadata: { communityId } }: RecordedEvent) => ({
  communityId,
  id: idOfStream(stream),
});

/** Of the residents that an event names. */
function addresseesIn(event: RecordedEvent) {
  const { communityId } = event.metadata;
  if (event.type === 'NoticeAcknowledged') return [{ communityId, ...event.data }];
  if (event.type !== 'NoticeAddressed') return [];
  const noticeId = idOfStream(event.stream);
  return event.data.residentIds.map((residentId) => ({ communityId, noticeId, residentId }));
}

export const noticesProjection: Projection<NoticeEvent | AcknowledgementEvent> = {
  name: 'notices',
  version: 1,
  tables: [
    { type: NoticeRow, table: 'notice', key: ['communityId', 'id'] },
    {
      type: NoticeAddresseeRow,
      table: 'notice_addressee',
      key: ['communityId', 'noticeId', 'residentId'],
    },
  ],

  touches: (event) => [
    ...(NOTICE_EVENTS.includes(event.type) ? [rowKey(NoticeRow, keyOf(event))] : []),
    ...addresseesIn(event).map((key) => rowKey(NoticeAddresseeRow, key)),
  ],

  fold(event, rows) {
    const acknowledgedAt = event.type === 'NoticeAcknowledged' ? event.at : null;
    for (const key of addresseesIn(event)) rows.put(NoticeAddresseeRow, { ...key, acknowledgedAt });
    if (NOTICE_EVENTS.includes(event.type)) foldNotice(event, rows);
  },
};

function foldNotice(event: RecordedEvent, rows: Rows): void {
  const { at } = event;
  const key = keyOf(event);
  const position = event.position.toString();
  const known = rows.get(NoticeRow, key);
  switch (event.type) {
    case 'NoticeScheduled': {
      const { publishAt: _publishAt, ...text } = event.data;
      return rows.put(NoticeRow, { ...key, ...text, ...NOT_YET, status: 'SCHEDULED', writtenAt: at });
    }
    case 'NoticePublished': {
      const { asOf: _asOf, ...text } = event.data;
      const published = { status: 'PUBLISHED', publishedAt: at, publishedPosition: position } as const;
      return rows.put(NoticeRow, {
        ...key,
        ...NOT_YET,
        writtenAt: known?.writtenAt ?? at,
        ...text,
        ...published,
      });
    }
    case 'NoticeWithdrawn':
      return known && rows.put(NoticeRow, { ...known, status: 'WITHDRAWN', endedPosition: position });
    case 'NoticeExpired':
      return known && rows.put(NoticeRow, { ...known, status: 'EXPIRED', endedPosition: position });
  }
}

const NOT_YET = { publishedAt: null, addressed: null, publishedPosition: null, endedPosition: null };

/** The notice as of these first events. */
export const noticeAsOf = (events: readonly Recorded<NoticeEvent>[]): NoticeRow =>
  rowsAsOf(noticesProjection, events).all(NoticeRow)[0]!;
