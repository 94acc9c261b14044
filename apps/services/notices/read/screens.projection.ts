import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { ScreenRow } from './screen.row.ts';
import type { ScreenEvent } from '../domain/screen.decider.ts';

const keyOf = ({ stream, metadata: { communityId } }: Recorded<ScreenEvent>) => ({
  communityId,
  id: idOfStream(stream),
});

export const screensProjection: Projection<ScreenEvent> = {
  name: 'screens',
  version: 1,
  tables: [{ type: ScreenRow, table: 'screen', key: ['communityId', 'id'] }],

  touches: (event) => (event.type === 'ScreenRegistered' ? [rowKey(ScreenRow, keyOf(event))] : []),

  fold(event, rows) {
    if (event.type === 'ScreenRegistered') rows.put(ScreenRow, { ...keyOf(event), ...event.data });
  },
};
