import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { HydrantWaterRow } from './hydrant-water.row.ts';
import type { HydrantEvent } from '../domain/facility.events.ts';

const keyOf = ({ stream, metadata: { communityId } }: Recorded<HydrantEvent>) => ({
  communityId,
  id: idOfStream(stream),
});

export const hydrantWaterProjection: Projection<HydrantEvent> = {
  name: 'hydrant-water',
  version: 1,
  tables: [{ type: HydrantWaterRow, table: 'hydrant_water', key: ['communityId', 'id'] }],

  touches: (event) => (event.type === 'HydrantWaterRead' ? [rowKey(HydrantWaterRow, keyOf(event))] : []),

  fold(event, rows) {
    if (event.type !== 'HydrantWaterRead') return;
    const key = keyOf(event);
    const known = rows.get(HydrantWaterRow, key);
    if (known && known.readAt > event.at) return; // it came late
    const { hasWater, pressureKPa: pressure } = event.data;
    rows.put(HydrantWaterRow, { ...key, hasWater, pressure, readAt: event.at });
  },
};
