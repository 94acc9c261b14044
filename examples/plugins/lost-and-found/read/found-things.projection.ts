import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { rowsAsOf } from '@weinao/plugins';
import { FoundThingRow } from './found-thing.row.ts';
import type { FoundThingEvent } from '../domain/found-thing.events.ts';

const keyOf = ({ stream, metadata: { communityId } }: Recorded<FoundThingEvent>) => ({
  communityId,
  id: idOfStream(stream),
});

export const foundThingsProjection: Projection<FoundThingEvent> = {
  name: 'found-things',
  version: 1,
  tables: [{ type: FoundThingRow, table: 'found_thing', key: ['communityId', 'id'] }],

  touches: (event) => [rowKey(FoundThingRow, keyOf(event))],

  fold(event, rows) {
    const key = keyOf(event);
    if (event.type === 'FoundThingReported') {
      const { what, place } = event.data;
      const unclaimed = { status: 'KEPT', claimedBy: null, proof: null } as const;
      rows.put(FoundThingRow, { ...key, what, place, reportedAt: event.at, ...unclaimed });
      return;
    }
    const known = rows.get(FoundThingRow, key);
    if (!known) return;
    if (event.type === 'FoundThingClaimed')
      rows.put(FoundThingRow, { ...known, ...event.data, status: 'CLAIMED' });
    if (event.type === 'FoundThingHandedOut') rows.put(FoundThingRow, { ...known, status: 'HANDED_OUT' });
  },
};

/** The thing as of these first events. */
export const foundThingAsOf = (events: readonly Recorded<FoundThingEvent>[]): FoundThingRow =>
  rowsAsOf(foundThingsProjection, events).all(FoundThingRow)[0]!;
