import { describe, it } from '@jest/globals';
import { intent } from '@weinao/events';
import { FIXED_NOW, reaction, recorded, timers } from '@weinao/testing';
import { activityReaction } from './activity.reaction.ts';
import { concernTimer } from './concern.timer.ts';
import { deviceReaction } from './device.reaction.ts';
import { escalationTimer } from './escalation.timer.ts';
import { pauseTimer } from './pause.timer.ts';
import { residentReaction } from './resident.reaction.ts';
import { watchDecider } from '../domain/watch.decider.ts';
import type { WatchEvent } from '../domain/watch.events.ts';

const due = '2026-03-04T08:00:00.000Z';
const later = '2026-03-05T08:00:00.000Z';
const happened = (event: WatchEvent) => recorded(event, { stream: 'watch/sunshine/zhao' });

const started = happened({
  type: 'WatchStarted',
  data: { thresholdHours: 48, consentGivenBy: '赵秀英', kinPhone: null, dueAt: due },
});
const seen = (dueAt: string | null) =>
  happened({ type: 'SignOfLifeSeen', data: { source: 'DOOR', signAt: FIXED_NOW, dueAt } });
const paused = (until: string | null) => happened({ type: 'WatchPaused', data: { until, reason: '住院' } });
const ended = happened({ type: 'WatchEnded', data: { reason: '-' } });
const raised = happened({
  type: 'ConcernRaised',
  data: {
    ...{ since: due, lastSignOfLifeAt: null, thresholdHours: 48, location: null, late: false },
    escalatesAt: later,
  },
});

describe('the concern', () => {
  const { given } = timers(concernTimer);

  it('is due when the watch says so, anew with each sign of life', () => {
    given(started)
      .thenPending([{ key: 'zhao', due }])
      .whenDue('zhao', { late: true })
      .then(intent(watchDecider, 'zhao', { type: 'RaiseConcern', dueAt: due, late: true }));
    given(started, seen(later)).thenPending([{ key: 'zhao', due: later }]);
    given(started, seen(null)).thenPending([{ key: 'zhao', due }]);
  });

  it('is not due in a pause, nor after the end', () => {
    given(started, paused(null)).thenPending([]);
    given(started, ended).thenPending([]);
  });
});

describe('a pause', () => {
  const { given } = timers(pauseTimer);

  it('is over when it was to be, if it was to be', () => {
    given(started, paused(later))
      .thenPending([{ key: 'zhao', due: later }])
      .whenDue('zhao')
      .then(intent(watchDecider, 'zhao', { type: 'EndPause', until: later }));
    given(started, paused(later), paused(null)).thenPending([]);
    given(started, paused(later), ended).thenPending([]);
  });
});

describe('a concern that nobody closes', () => {
  const { given } = timers(escalationTimer);

  it('escalates step by step', () => {
    given(raised)
      .thenPending([{ key: 'zhao', due: later, data: { step: 1 } }])
      .whenDue('zhao')
      .then(intent(watchDecider, 'zhao', { type: 'EscalateConcern', step: 1 }));
    given(raised, happened({ type: 'ConcernEscalated', data: { step: 1, escalatesAt: due } })).thenPending([
      { key: 'zhao', due, data: { step: 2 } },
    ]);
    given(raised, ended).thenPending([]);
  });
});

describe('what devices tell', () => {
  const device = { stream: 'device/sunshine/door' };
  const active = { source: 'DOOR', residentId: 'zhao' } as const;

  it('is a sign of life of whom they belong to', () => {
    const { given } = reaction(activityReaction);
    given({ type: 'devices.ActivityDetected', data: active }, device).then(
      intent(watchDecider, 'zhao', { type: 'SenseSignOfLife', source: 'DOOR', at: FIXED_NOW }),
    );
    given({ type: 'devices.ActivityDetected', data: { ...active, residentId: null } }, device).thenNothing();
  });

  it('is whether they would tell at all', () => {
    const { given } = reaction(deviceReaction);
    const data = { kind: 'DOOR', residentId: 'zhao' };
    for (const [type, command] of [
      ['devices.DeviceRegistered', 'AttachDevice'],
      ['devices.DeviceRetired', 'DetachDevice'],
      ['devices.DeviceFellSilent', 'DeviceFellSilent'],
      ['devices.DeviceIsBack', 'DeviceIsBack'],
    ] as const)
      given({ type, data }, device).then(intent(watchDecider, 'zhao', { type: command, deviceId: 'door' }));
    given({ type: 'devices.DeviceRegistered', data: { ...data, kind: 'SMOKE_ALARM' } }, device).thenNothing();
    given({ type: 'devices.DeviceRegistered', data: { ...data, residentId: null } }, device).thenNothing();
  });
});

describe('what is known of residents', () => {
  const { given } = reaction(residentReaction);
  const zhao = { stream: 'resident/sunshine/zhao' };

  it('is where they live, and that they left', () => {
    given({ type: 'residents.ResidentRegistered', data: { building: '3号楼', unit: null } }, zhao).then(
      intent(watchDecider, 'zhao', { type: 'PlaceResident', building: '3号楼', unit: null }),
    );
    given({ type: 'residents.ResidentAmended', data: {} }, zhao).then(
      intent(watchDecider, 'zhao', { type: 'PlaceResident' }),
    );
    given({ type: 'residents.ResidentMovedOut', data: {} }, zhao).then(
      intent(watchDecider, 'zhao', { type: 'ResidentLeft' }),
    );
  });
});
