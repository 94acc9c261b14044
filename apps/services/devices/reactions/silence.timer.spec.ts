import { describe, it } from '@jest/globals';
import { intent } from '@weinao/events';
import { recorded, timers } from '@weinao/testing';
import { silenceTimer } from './silence.timer.ts';
import { deviceDecider } from '../domain/device.decider.ts';
import type { DeviceEvent } from '../domain/device.events.ts';

const [due, later] = ['2026-03-03T08:00:00.000Z', '2026-03-03T09:00:00.000Z'];
const happened = (event: DeviceEvent) => recorded(event, { stream: 'device/sunshine/door' });
const device = { kind: 'DOOR', residentId: null } as const;

const registered = happened({
  type: 'DeviceRegistered',
  data: {
    ...{ ...device, model: null, location: null, tokenHash: 'abc' },
    ...{ silentAfterSeconds: 86_400, silentAt: due },
  },
});
const heard = (silentAt: string | null) =>
  happened({ type: 'ReadingReceived', data: { ...device, messageId: null, values: {}, silentAt } });

describe('the silence of a device', () => {
  const { given } = timers(silenceTimer);

  it('is due from the registration on, anew with each reading that is the newest', () => {
    given(registered)
      .thenPending([{ key: 'door', due }])
      .whenDue('door')
      .then(intent(deviceDecider, 'door', { type: 'ReportSilence', dueAt: due }));
    given(registered, heard(later)).thenPending([{ key: 'door', due: later }]);
    given(registered, heard(null)).thenPending([{ key: 'door', due }]);
  });

  it('is not awaited of a device that is retired', () => {
    given(registered, happened({ type: 'DeviceRetired', data: device })).thenPending([]);
  });
});
