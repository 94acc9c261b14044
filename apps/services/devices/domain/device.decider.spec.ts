import { describe, it } from '@jest/globals';
import { anActor, decider, FIXED_NOW } from '@weinao/testing';
import type { DeviceCommand } from './device.commands.ts';
import { deviceDecider } from './device.decider.ts';
import type { DeviceEvent, DeviceKind, Values } from './device.events.ts';

const { given } = decider(deviceDecider, {
  communityId: 'sunshine',
  actor: anActor('device:door'),
  settings: {},
});

const HOUR = 3_600_000;
const after = (ms: number): string => new Date(Date.parse(FIXED_NOW) + ms).toISOString();
const location = { building: '3号楼' };

const registered = (kind: DeviceKind = 'DOOR'): DeviceEvent => ({
  type: 'DeviceRegistered',
  data: {
    ...{ kind, model: null, location, silentAfterSeconds: 3_600, residentId: 'zhao', tokenHash: 'abc' },
    silentAt: after(HOUR),
  },
  at: FIXED_NOW,
});
const received = (values: Values, at = FIXED_NOW, kind: DeviceKind = 'DOOR'): DeviceEvent => ({
  type: 'ReadingReceived',
  data: {
    ...{ kind, residentId: 'zhao', messageId: null, values },
    silentAt: new Date(Date.parse(at) + HOUR).toISOString(),
  },
  at,
});
const now = ({ at: _at, ...event }: DeviceEvent): DeviceEvent => event;
const take = (values: Values, at: string | null = null): DeviceCommand => ({
  type: 'TakeReading',
  messageId: null,
  at,
  values,
});
const silent: DeviceEvent = {
  type: 'DeviceFellSilent',
  data: { kind: 'DOOR', residentId: 'zhao', location, lastSeenAt: null },
  at: after(HOUR),
};
const retired: DeviceEvent = {
  type: 'DeviceRetired',
  data: { kind: 'DOOR', residentId: 'zhao' },
  at: FIXED_NOW,
};

describe('a device', () => {
  const { at: _at, ...event } = registered();
  const { silentAt: _silentAt, ...device } = (event as Extract<DeviceEvent, { type: 'DeviceRegistered' }>)
    .data;
  const register: DeviceCommand = { type: 'RegisterDevice', ...device };

  it('is registered under an id that nobody uses, also after a retirement', () => {
    given().when(register).then(event);
    given(registered()).when(register).thenRejects('CONFLICT');
    given(registered(), retired).when(register).then(event);
  });

  it('is retired once, and takes no reading then', () => {
    given(registered()).when({ type: 'RetireDevice' }).then(now(retired));
    given(registered(), retired).when({ type: 'RetireDevice' }).thenRejects('NOT_FOUND');
    given().when({ type: 'RetireDevice' }).thenRejects('NOT_FOUND');
    given(registered(), retired).when(take({})).thenRejects('UNAUTHENTICATED');
  });
});

describe('silence', () => {
  const report = (dueAt: string): DeviceCommand => ({ type: 'ReportSilence', dueAt });

  it('is reported when nothing was heard until then, once', () => {
    given(registered())
      .when(report(after(HOUR)), { now: after(HOUR) })
      .then(now(silent));
    given(registered(), silent)
      .when(report(after(HOUR)))
      .thenNothing();
    given(registered(), received({}, after(1)))
      .when(report(after(HOUR)))
      .thenNothing();
    given(registered(), retired)
      .when(report(after(HOUR)))
      .thenNothing();
  });

  it('is over with a reading that is new enough', () => {
    const back: DeviceEvent = { type: 'DeviceIsBack', data: { kind: 'DOOR', residentId: 'zhao' } };
    given(registered(), silent)
      .when(take({}), { now: after(2 * HOUR) })
      .then(now(received({}, after(2 * HOUR))), back);
    given(registered(), silent)
      .when(take({}, after(HOUR / 2)), { now: after(2 * HOUR) })
      .then(received({}, after(HOUR / 2)));
  });

  it('is counted by the newest reading, whichever comes last', () => {
    const [newer, older] = [after(2_000), after(1_000)];
    const late = received({}, older);
    given(registered(), received({}, newer))
      .when(take({}, older), { now: after(3_000) })
      .then({ ...late, data: { ...late.data, silentAt: null } } as DeviceEvent);
  });

  it('takes a clock that is fast for the time it is', () => {
    given(registered())
      .when(take({}, after(1_000)))
      .then(now(received({})));
  });
});

describe('smoke', () => {
  const smoke: DeviceEvent = { type: 'SmokeDetected', data: { location } };
  const alarm = (values: Values) => now(received(values, FIXED_NOW, 'SMOKE_ALARM'));

  it('is told with each reading of an alarm that says so, and its end once', () => {
    given(registered('SMOKE_ALARM'))
      .when(take({ smoke: true }))
      .then(alarm({ smoke: true }), smoke);
    const smoking = [registered('SMOKE_ALARM'), { ...smoke, at: FIXED_NOW }];
    given(...smoking)
      .when(take({ smoke: true }))
      .then(alarm({ smoke: true }), smoke);
    const over: DeviceEvent = { type: 'SmokeCleared', data: { location } };
    given(...smoking)
      .when(take({ smoke: false }))
      .then(alarm({ smoke: false }), over);
    given(...smoking, { ...over, at: FIXED_NOW })
      .when(take({ smoke: false }))
      .then(alarm({ smoke: false }));
  });

  it('is nothing that a door tells of', () => {
    given(registered())
      .when(take({ smoke: true }))
      .then(now(received({ smoke: true })));
  });
});
