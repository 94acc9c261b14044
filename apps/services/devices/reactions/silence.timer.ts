import { idOfStream, intent } from '@weinao/events';
import type { Timer } from '@weinao/events';
import { deviceDecider } from '../domain/device.decider.ts';
import type { DeviceEvent } from '../domain/device.events.ts';

/** A device that is not heard for as long as was said at its registration has fallen silent. */
export const silenceTimer: Timer<DeviceEvent> = {
  name: 'silence',
  version: 1,

  changes({ type, data, stream }) {
    const key = idOfStream(stream);
    switch (type) {
      case 'DeviceRegistered':
      case 'ReadingReceived':
        return data.silentAt === null ? [] : [{ set: { key, due: data.silentAt } }];
      case 'DeviceRetired':
        return [{ cancel: { key } }];
      default:
        return [];
    }
  },

  fire({ key, due }) {
    return [intent(deviceDecider, key, { type: 'ReportSilence', dueAt: due })];
  },
};
