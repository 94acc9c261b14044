import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { AlertRow } from './alert.row.ts';
import type { AlertEvent } from '../domain/alert.events.ts';
import { changesOf, NEW } from '../domain/alert.state.ts';
import { alertId } from '../domain/place.ts';

type RecordedAlertEvent = Recorded<AlertEvent>;

const keyOf = ({ stream, data, metadata: { communityId } }: RecordedAlertEvent) => ({
  communityId,
  id: alertId(idOfStream(stream), data.ordinal),
});

export const alertsProjection: Projection<AlertEvent> = {
  name: 'alerts',
  version: 1,
  tables: [{ type: AlertRow, table: 'alert', key: ['communityId', 'id'] }],

  touches: (event) => [rowKey(AlertRow, keyOf(event))],

  fold(event, rows) {
    const key = keyOf(event);
    if (event.type === 'AlertRaised') {
      const { ordinal: _ordinal, escalatesAt: _escalatesAt, ...description } = event.data;
      return rows.put(AlertRow, { ...key, ...description, ...NEW, raisedAt: event.at });
    }
    const alert = rows.get(AlertRow, key);
    if (alert) rows.put(AlertRow, { ...alert, ...changesOf(event, alert) });
  },
};
