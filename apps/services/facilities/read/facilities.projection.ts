import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { rowsAsOf } from '@weinao/plugins';
import { FacilityRow } from './facility.row.ts';
import type { FacilityEvent } from '../domain/facility.events.ts';

type RecordedFacilityEvent = Recorded<FacilityEvent>;

const keyOf = ({ stream, metadata: { communityId } }: RecordedFacilityEvent) => ({
  communityId,
  id: idOfStream(stream),
});

const CHANGES: readonly string[] = ['FacilityRegistered', 'FacilityAmended'];

export const facilitiesProjection: Projection<FacilityEvent> = {
  name: 'facilities',
  version: 1,
  tables: [{ type: FacilityRow, table: 'facility', key: ['communityId', 'id'] }],

  touches: (event) => (CHANGES.includes(event.type) ? [rowKey(FacilityRow, keyOf(event))] : []),

  fold(event, rows) {
    if (!CHANGES.includes(event.type)) return;
    const { latitude, longitude } = event.data.location.point ?? { latitude: null, longitude: null };
    rows.put(FacilityRow, { ...keyOf(event), ...event.data, latitude, longitude });
  },
};

/** The facility as of these first events. */
export const facilityAsOf = (events: readonly RecordedFacilityEvent[]): FacilityRow =>
  rowsAsOf(facilitiesProjection, events).all(FacilityRow)[0]!;
