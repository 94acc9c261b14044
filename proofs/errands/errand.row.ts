import { rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ErrandEvent } from './errand.events.ts';
import { isReceipt } from './receipts.ts';

@Entity('errand')
export class ErrandRow {
  @PrimaryColumn('text')
  communityId: string;

  @PrimaryColumn('text')
  id: string;

  @Column('text')
  title: string;

  @Column('integer')
  notes: number;

  @Column('text', { nullable: true })
  lastNote: string | null;
}

const keyOf = ({ stream, metadata }: Recorded<ErrandEvent>): { communityId: string; id: string } => ({
  communityId: metadata.communityId,
  id: stream.slice(stream.lastIndexOf('/') + 1),
});

/** Counts, so that an event which is folded twice or not at all is seen for ever. */
export const errandsProjection: Projection<ErrandEvent> = {
  name: 'errands',
  version: 1,
  tables: [{ type: ErrandRow, table: 'errand', key: ['communityId', 'id'] }],
  touches: (event) => (isReceipt(event) ? [] : [rowKey(ErrandRow, keyOf(event))]),

  fold(event, rows) {
    if (isReceipt(event)) return;
    const key = keyOf(event);
    if (event.type === 'ErrandOpened') {
      rows.put(ErrandRow, { ...key, title: event.data.title, notes: 0, lastNote: null });
      return;
    }
    const row = rows.get(ErrandRow, key);
    if (row) rows.put(ErrandRow, { ...row, notes: row.notes + 1, lastNote: event.data.text });
  },
};
