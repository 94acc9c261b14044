import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { WatchRow } from './watch.row.ts';
import type { WatchEvent } from '../domain/watch.events.ts';
import { evolveWatch, nothingKnown } from '../domain/watch.state.ts';

const keyOf = ({ stream, metadata: { communityId } }: Recorded<WatchEvent>) => ({
  communityId,
  residentId: idOfStream(stream),
});

/** What is known of each resident, as the decisions know it. */
export const watchesProjection: Projection<WatchEvent> = {
  name: 'watches',
  version: 1,
  tables: [{ type: WatchRow, table: 'watch', key: ['communityId', 'residentId'] }],

  touches: (event) => [rowKey(WatchRow, keyOf(event))],

  fold(event, rows) {
    const key = keyOf(event);
    const {
      communityId: _community,
      residentId: _resident,
      ...state
    } = rows.get(WatchRow, key) ?? {
      ...key,
      ...nothingKnown,
    };
    rows.put(WatchRow, { ...key, ...evolveWatch(state, event) });
  },
};
