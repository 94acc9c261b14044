import { describe, expect, it } from '@jest/globals';
import { intent } from '@weinao/events';
import { FIXED_NOW, reaction, recorded, timers } from '@weinao/testing';
import { concernReaction } from './concern.reaction.ts';
import { escalationTimer } from './escalation.timer.ts';
import { silentDeviceReaction } from './silent-device.reaction.ts';
import { smokeReaction } from './smoke.reaction.ts';
import { alertDecider } from '../domain/alert.decider.ts';
import type { AlertEvent } from '../domain/alert.events.ts';
import { alertId, parseAlertId, placeKey, sourceKey } from '../domain/place.ts';

const stairwell = { building: '3号楼', unit: '2单元' };
const of = (stream: string) => ({ stream, communityId: 'sunshine' });

describe('smoke', () => {
  const from = (alarm: string, location: object | null) =>
    reaction(smokeReaction).given(
      { type: 'devices.SmokeDetected', data: { location } } as never,
      of(`device/sunshine/${alarm}`),
    );
  const placeOf = (sourceId: string, location: object | null): string =>
    placeKey({ kind: 'SMOKE', drill: false, location, sourceId })!;
  const signal = (sourceId: string, location: object | null, title: string) =>
    intent(alertDecider, placeOf(sourceId, location), {
      type: 'SignalPlace',
      ...{ kind: 'SMOKE', drill: false, location, sourceId, title, severity: 'EXTREME', at: FIXED_NOW },
    } as never);

  it('of two alarms of one stairwell is of one place', () => {
    from('east', stairwell).then(signal('east', stairwell, '烟感报警：3号楼2单元'));
    expect(placeOf('east', stairwell)).toBe(placeOf('west', stairwell));
    expect(placeOf('east', stairwell)).not.toBe(placeOf('east', { building: '3号楼', unit: '1单元' }));
  });

  it('of an alarm without a place is of the alarm', () => {
    from('east', null).then(signal('east', null, '烟感报警：east'));
    expect(placeOf('east', null)).not.toBe(placeOf('west', null));
  });
});

describe('a concern', () => {
  const place = sourceKey('NO_SIGN_OF_LIFE', 'zhao');
  const watch = of('watch/sunshine/zhao');

  it('is an alert of the resident, which ends with the concern', () => {
    reaction(concernReaction)
      .given({ type: 'elderly-care.ConcernRaised', data: { location: stairwell } }, watch)
      .then(
        intent(alertDecider, place, {
          type: 'SignalPlace',
          kind: 'NO_SIGN_OF_LIFE',
          title: '老人长时间无动静：3号楼2单元',
          severity: 'SEVERE',
          drill: false,
          location: stairwell,
          sourceId: 'zhao',
          at: FIXED_NOW,
        }),
      );
    reaction(concernReaction)
      .given({ type: 'elderly-care.ConcernTakenBack', data: {} }, watch)
      .then(
        intent(alertDecider, place, { type: 'ClearPlace', outcome: 'FALSE_ALARM', note: '后来有了动静' }),
      );
    reaction(concernReaction)
      .given({ type: 'elderly-care.ConcernClosed', data: { outcome: 'SAFE' } }, watch)
      .then(intent(alertDecider, place, { type: 'ClearPlace', outcome: 'RESOLVED', note: 'SAFE' }));
  });
});

describe('a silent device', () => {
  const place = sourceKey('DEVICE_OFFLINE', 'door');
  const device = of('device/sunshine/door');

  it('may be an alert, which ends when the device is back', () => {
    reaction(silentDeviceReaction)
      .given({ type: 'devices.DeviceFellSilent', data: { location: null } }, device)
      .then(
        intent(alertDecider, place, {
          type: 'SignalSilentDevice',
          kind: 'DEVICE_OFFLINE',
          title: '设备离线：door',
          severity: 'MINOR',
          drill: false,
          location: null,
          sourceId: 'door',
          at: FIXED_NOW,
        }),
      );
    reaction(silentDeviceReaction)
      .given({ type: 'devices.DeviceIsBack', data: {} }, device)
      .then(intent(alertDecider, place, { type: 'ClearPlace', outcome: 'RESOLVED', note: '设备已恢复在线' }));
  });
});

describe('the escalation of an alert', () => {
  const place = placeKey({ kind: 'SMOKE', drill: false, location: stairwell, sourceId: null })!;
  const where = { stream: `alert-place/sunshine/${place}` };
  const due = '2026-03-02T08:01:00.000Z';
  const about = {
    ...({ kind: 'SMOKE', title: '烟', severity: 'EXTREME', drill: false } as const),
    ...{ location: stairwell, sourceId: null },
  };
  const raised: AlertEvent = { type: 'AlertRaised', data: { ordinal: 1, ...about, escalatesAt: due } };
  const key = alertId(place, 1);
  const happened = (event: AlertEvent) => recorded(event, where);
  const { given } = timers(escalationTimer);

  it('is due when the alert says so, and step by step', () => {
    given(happened(raised))
      .thenPending([{ key, due, data: { place, ordinal: 1, step: 1 } }])
      .whenDue(key)
      .then(intent(alertDecider, place, { type: 'EscalateAlert', ordinal: 1, step: 1 }));
    const escalated = { type: 'AlertEscalated', data: { ordinal: 1, step: 1, escalatesAt: due } } as const;
    given(happened(raised), happened(escalated)).thenPending([
      { key, due, data: { place, ordinal: 1, step: 2 } },
    ]);
  });

  it('waits no more once somebody has come, or the steps are over', () => {
    const acknowledged = { type: 'AlertAcknowledged', data: { ordinal: 1, by: 'guard-he' } } as const;
    given(happened(raised), happened(acknowledged)).thenPending([]);
    const never: AlertEvent = { type: 'AlertRaised', data: { ordinal: 1, ...about, escalatesAt: null } };
    given(happened(never)).thenPending([]);
  });
});

describe('the id of an alert', () => {
  it('names its place and its turn there, and nothing else is one', () => {
    const place = sourceKey('SMOKE', 'east');
    expect(parseAlertId(alertId(place, 12))).toEqual({ place, ordinal: 12 });
    for (const id of ['', 'east.1', `${place}.0`, `${place}.1x`, `${place}/..1`, `${place}.1234567890`])
      expect(parseAlertId(id)).toBeUndefined();
  });
});
