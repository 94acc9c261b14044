import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { rowsAsOf } from '@weinao/plugins';
import { AlertRow } from './alert.row.ts';
import type { AlertEvent } from '../domain/alert.events.ts';
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

const NEW = {
  status: 'RAISED',
  signals: 1,
  acknowledgedAt: null,
  acknowledgedBy: null,
  escalations: 0,
  resolvedAt: null,
  note: null,
} as const;

function changesOf(event: RecordedAlertEvent, { signals }: AlertRow): Partial<AlertRow> {
  switch (event.type) {
    case 'AlertSignalled':
      return { signals: signals + 1 };
    case 'AlertEscalated':
      return { status: 'ESCALATED', escalations: event.data.step };
    case 'AlertAcknowledged':
      return { status: 'ACKNOWLEDGED', acknowledgedAt: event.at, acknowledgedBy: event.data.by };
    case 'AlertResolved':
      return { status: event.data.outcome, resolvedAt: event.at, note: event.data.note };
    default:
      return {};
  }
}

/** The last alert that these first events of a place are about, as it was after them. */
export function alertAsOf(events: readonly RecordedAlertEvent[], ordinal?: number): AlertRow {
  const alerts = rowsAsOf(alertsProjection, events).all(AlertRow);
  const { data } = events.at(-1)!;
  return alerts[(ordinal ?? data.ordinal) - 1]!;
}
