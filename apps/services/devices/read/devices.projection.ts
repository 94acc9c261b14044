import { idOfStream, rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';
import { DeviceRow } from './device.row.ts';
import type { DeviceEvent } from '../domain/device.events.ts';

type RecordedDeviceEvent = Recorded<DeviceEvent>;

const keyOf = ({ stream, metadata: { communityId } }: RecordedDeviceEvent) => ({
  communityId,
  id: idOfStream(stream),
});

export const devicesProjection: Projection<DeviceEvent> = {
  name: 'devices',
  version: 1,
  tables: [{ type: DeviceRow, table: 'device', key: ['communityId', 'id'] }],

  touches: (event) => [rowKey(DeviceRow, keyOf(event))],

  fold(event, rows) {
    const key = keyOf(event);
    if (event.type === 'DeviceRegistered') {
      const { kind, model, location, tokenHash } = event.data;
      const device = { kind, model, location, tokenHash };
      return rows.put(DeviceRow, { ...key, ...device, online: true, lastSeenAt: null, lastReading: null });
    }
    if (event.type === 'DeviceRetired') return rows.remove(DeviceRow, key);
    const device = rows.get(DeviceRow, key);
    if (device) rows.put(DeviceRow, { ...device, ...changesOf(event) });
  },
};

function changesOf(event: RecordedDeviceEvent): Partial<DeviceRow> {
  switch (event.type) {
    case 'ReadingReceived': {
      const { values: lastReading, silentAt } = event.data;
      return silentAt === null ? {} : { lastSeenAt: event.at, lastReading };
    }
    case 'DeviceFellSilent':
      return { online: false };
    case 'DeviceIsBack':
      return { online: true };
    default:
      return {};
  }
}
