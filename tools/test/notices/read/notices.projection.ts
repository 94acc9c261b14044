import { rowKey } from '@weinao/events';
import type { Projection } from '@weinao/events';
import type { NoticeEvent } from '../domain/notice.events.ts';

export class NoticeRow {
  stream: string;
  title: string;
  buildings: string;
}

export const noticesProjection: Projection<NoticeEvent> = {
  name: 'notices',
  version: 1,
  tables: [{ type: NoticeRow, table: 'notice', key: ['stream'] }],
  touches: ({ stream }) => [rowKey(NoticeRow, { stream })],
  fold({ type, stream, data }, rows) {
    if (type === 'NoticeWithdrawn') return rows.remove(NoticeRow, { stream });
    rows.put(NoticeRow, { stream, title: data.title, buildings: data.audience.buildings.join(', ') });
  },
};
