import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { titleOf } from './signal.ts';
import { alertDecider } from '../domain/alert.decider.ts';
import type { AlertLocation } from '../domain/alert.events.ts';
import { sourceKey } from '../domain/place.ts';

type DeviceEvent =
  | {
      readonly type: 'devices.DeviceFellSilent';
      readonly data: { readonly location: AlertLocation | null };
    }
  | { readonly type: 'devices.DeviceIsBack'; readonly data: object };

/** A device that says nothing any more, where the community wants that to be an alert; it ends when the device is back. */
export const silentDeviceReaction: Reaction<DeviceEvent> = {
  name: 'silent-device',
  follows: ['devices.DeviceFellSilent', 'devices.DeviceIsBack'],

  react(event) {
    const sourceId = idOfStream(event.stream);
    const place = sourceKey('DEVICE_OFFLINE', sourceId);
    if (event.type === 'devices.DeviceIsBack')
      return [
        intent(alertDecider, place, { type: 'ClearPlace', outcome: 'RESOLVED', note: '设备已恢复在线' }),
      ];
    const { location } = event.data;
    return [
      intent(alertDecider, place, {
        type: 'SignalSilentDevice',
        kind: 'DEVICE_OFFLINE',
        title: titleOf('设备离线', location, sourceId),
        severity: 'MINOR',
        drill: false,
        location,
        sourceId,
        at: event.at,
      }),
    ];
  },
};
