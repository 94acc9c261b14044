import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { rowsAsOf } from '@weinao/plugins';
import { ResidentRow } from './resident.row.ts';
import type { ResidentEvent } from '../domain/resident.events.ts';

type RecordedResidentEvent = Recorded<ResidentEvent>;

/** `resident/<community>/<id>` */
const keyOf = ({ stream, metadata: { communityId } }: RecordedResidentEvent) => ({
  communityId,
  id: idOfStream(stream),
});

export const residentsProjection: Projection<ResidentEvent> = {
  name: 'residents',
  version: 1,
  tables: [{ type: ResidentRow, table: 'resident', key: ['communityId', 'id'] }],

  touches: (event) => [rowKey(ResidentRow, keyOf(event))],

  fold(event, rows) {
    const key = keyOf(event);
    if (event.type === 'ResidentRegistered') return rows.put(ResidentRow, { ...key, ...event.data });
    if (event.type === 'ResidentMovedOut') return rows.remove(ResidentRow, key);
    const resident = rows.get(ResidentRow, key);
    if (resident) rows.put(ResidentRow, { ...resident, ...event.data });
  },
};

/** Somebody as of these first events; as of the moving out, it is who moved out. */
export function residentAsOf(events: readonly RecordedResidentEvent[]): ResidentRow {
  const known = events.at(-1)!.type === 'ResidentMovedOut' ? events.slice(0, -1) : events;
  return rowsAsOf(residentsProjection, known).all(ResidentRow)[0]!;
}
