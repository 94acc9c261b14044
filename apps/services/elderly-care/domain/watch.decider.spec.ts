import { describe, expect, it } from '@jest/globals';
import { decider, FIXED_NOW } from '@weinao/testing';
import type { CareRules } from './care.rules.ts';
import type { WatchCommand } from './watch.commands.ts';
import { watchDecider } from './watch.decider.ts';
import type { SignOfLifeSource, WatchEvent } from './watch.events.ts';
import { evolveWatch, isBlind, nothingKnown } from './watch.state.ts';

const HOUR = 3_600_000;
const after = (hours: number, ms = 0): string =>
  new Date(Date.parse(FIXED_NOW) + hours * HOUR + ms).toISOString();

const settings: CareRules = { escalateAfterMinutes: 60, escalationSteps: 3 };
const { given } = decider(watchDecider, { communityId: 'osmanthus-court', settings });

const watch = { thresholdHours: 48, consentGivenBy: '赵秀英', kinPhone: null };
const started: WatchEvent = { type: 'WatchStarted', data: { ...watch, dueAt: after(48) } };
const placed: WatchEvent = { type: 'ResidentPlaced', data: { building: '3号楼', unit: '2单元' } };
const raised = (since: string, more: object = {}): WatchEvent => ({
  type: 'ConcernRaised',
  data: {
    since,
    ...{ lastSignOfLifeAt: null, thresholdHours: 48, location: null, late: false },
    escalatesAt: after(49),
    ...more,
  },
});
const seen = (source: SignOfLifeSource, signAt: string, dueAt: string | null): WatchEvent => ({
  type: 'SignOfLifeSeen',
  data: { source, signAt, dueAt },
});
const paused = (until: string | null): WatchEvent => ({
  type: 'WatchPaused',
  data: { until, reason: '住院' },
});
const ended = (reason: string): WatchEvent => ({ type: 'WatchEnded', data: { reason } });

const raise = (dueAt: string, late = false): WatchCommand => ({ type: 'RaiseConcern', dueAt, late });
const call = (at?: string): WatchCommand => ({
  type: 'RecordSignOfLife',
  source: 'CALL',
  ...(at === undefined ? {} : { at }),
});
const door = (at: string): WatchCommand => ({ type: 'SenseSignOfLife', source: 'DOOR', at });

describe('somebody over 80', () => {
  it('is watched with consent, and a concern is raised after exactly 48 hours', () => {
    given()
      .when({ type: 'StartWatch', ...watch })
      .then(started);
    given(started)
      .when({ type: 'StartWatch', ...watch })
      .thenRejects('WATCH_ALREADY_STARTED');
    given(started)
      .when(raise(after(48)), { now: after(48) })
      .then(raised(after(48)));
  });

  it('is a concern with what help must know: where, and how long it has been quiet', () => {
    given(placed, started, seen('DOOR', after(1), after(49)))
      .when(raise(after(49)), { now: after(49) })
      .then(
        raised(after(49), {
          lastSignOfLifeAt: after(1),
          location: { building: '3号楼', unit: '2单元' },
          escalatesAt: after(50),
        }),
      );
  });

  it('is one that was due when it was due, however late it is noticed', () => {
    given(started)
      .when(raise(after(48), true), { now: after(50) })
      .then({ ...raised(after(48), { late: true, escalatesAt: after(51) }), at: after(48) });
  });

  it('is none after a sign in the last millisecond, nor twice', () => {
    const last = after(48, -1);
    given(started)
      .when(call(), { now: last })
      .then(seen('CALL', last, after(96, -1)));
    given(started, seen('CALL', last, after(96, -1)))
      .when(raise(after(48)), { now: after(48) })
      .thenNothing();
    given(started, raised(after(48)))
      .when(raise(after(48)), { now: after(48) })
      .thenNothing();
  });
});

describe('a sign of life', () => {
  const concern = [started, raised(after(48))];
  const takenBack = (signAt: string, dueAt: string): WatchEvent => ({
    type: 'ConcernTakenBack',
    data: { source: 'DOOR', signAt, dueAt },
  });

  it('that is older than what the hours are counted from is kept, and changes nothing', () => {
    given(started)
      .when(door(after(-1)))
      .then(seen('DOOR', after(-1), after(48)));
    given(...concern)
      .when(door(after(0)), { now: after(50) })
      .then(seen('DOOR', after(0), null));
  });

  it('that came late takes the concern back, as does one of now', () => {
    given(...concern)
      .when(door(after(47)), { now: after(50) })
      .then(takenBack(after(47), after(95)));
    given(...concern)
      .when(door(after(50)), { now: after(50) })
      .then(takenBack(after(50), after(98)));
  });

  it('of a device whose clock is fast is of now, and of a person refused', () => {
    given(started)
      .when(door(after(1)))
      .then(seen('DOOR', FIXED_NOW, after(48)));
    given(started)
      .when(call(after(0, 1)))
      .thenRejects('BAD_USER_INPUT');
  });

  it('of somebody whom nobody watches is no business of ours', () => {
    given().when(door(FIXED_NOW)).thenNothing();
    given(started, ended('搬走')).when(door(FIXED_NOW)).thenNothing();
    given().when(call()).thenRejects('NOT_FOUND');
  });

  it('in a pause is kept', () => {
    given(started, paused(null))
      .when(call(), { now: after(3) })
      .then(seen('CALL', after(3), null));
  });

  it('that comes late is not the last one', () => {
    const state = [started, seen('DOOR', after(5), after(53)), seen('CALL', after(2), after(53))].reduce(
      evolveWatch,
      nothingKnown,
    );
    expect(state).toMatchObject({ lastSignOfLifeAt: after(5), lastSource: 'DOOR', dueAt: after(53) });
  });
});

describe('a pause', () => {
  it('holds off every concern, and the hours start anew after it', () => {
    given(started)
      .when({ type: 'PauseWatch', until: after(72), reason: '住院' })
      .then(paused(after(72)));
    given(started, paused(after(72)))
      .when(raise(after(48)), { now: after(48) })
      .thenNothing();
    const resumed: WatchEvent = { type: 'WatchResumed', data: { dueAt: after(120) }, at: after(72) };
    given(started, paused(after(72)))
      .when({ type: 'EndPause', until: after(72) }, { now: after(73) })
      .then(resumed);
    given(started, paused(after(72)))
      .when({ type: 'ResumeWatch' }, { now: after(10) })
      .then({ type: 'WatchResumed', data: { dueAt: after(58) } });
  });

  it('that was changed or is over does not end by its old timer', () => {
    given(started, paused(after(72)), paused(after(96)))
      .when({ type: 'EndPause', until: after(72) })
      .thenNothing();
    given(started)
      .when({ type: 'EndPause', until: after(72) })
      .thenNothing();
  });

  it('lies in the future, and is for a watch without a concern', () => {
    given(started).when({ type: 'PauseWatch', until: FIXED_NOW, reason: '-' }).thenRejects('BAD_USER_INPUT');
    given(started, raised(after(48)))
      .when({ type: 'PauseWatch', until: null, reason: '-' })
      .thenRejects('CONCERN_OPEN');
    given(started).when({ type: 'ResumeWatch' }).thenRejects('WATCH_NOT_PAUSED');
  });
});

describe('a concern', () => {
  const concern = [started, raised(after(48))];
  const close = (outcome: 'SAFE' | 'DIED'): WatchCommand => ({ type: 'CloseConcern', outcome, note: null });

  it('escalates step by step until it is closed', () => {
    const escalated = (step: number, escalatesAt: string | null): WatchEvent => ({
      type: 'ConcernEscalated',
      data: { step, escalatesAt },
    });
    given(...concern)
      .when({ type: 'EscalateConcern', step: 1 }, { now: after(49) })
      .then(escalated(1, after(50)));
    given(...concern, escalated(1, after(50)), escalated(2, after(51)))
      .when({ type: 'EscalateConcern', step: 3 }, { now: after(51) })
      .then(escalated(3, null));
    given(...concern, escalated(1, after(50)))
      .when({ type: 'EscalateConcern', step: 1 })
      .thenNothing();
    given(started).when({ type: 'EscalateConcern', step: 1 }).thenNothing();
  });

  it('is closed as it came out, and the hours start anew', () => {
    given(...concern)
      .when(close('SAFE'), { now: after(50) })
      .then({ type: 'ConcernClosed', data: { outcome: 'SAFE', note: null, dueAt: after(98) } });
    given(...concern)
      .when(close('DIED'), { now: after(50) })
      .then({ type: 'ConcernClosed', data: { outcome: 'DIED', note: null, dueAt: null } }, ended('DIED'));
    given(started).when(close('SAFE')).thenRejects('CONCERN_NOT_OPEN');
  });
});

describe('the end of a watch', () => {
  it('is asked for, or comes with moving out; and it may start again', () => {
    given(started).when({ type: 'EndWatch', reason: '不再需要' }).then(ended('不再需要'));
    given(started).when({ type: 'ResidentLeft' }).then(ended('居民已迁出'));
    given().when({ type: 'ResidentLeft' }).thenNothing();
    given(started, raised(after(48)))
      .when({ type: 'EndWatch', reason: '-' })
      .thenRejects('CONCERN_OPEN');
    given(started, raised(after(48)))
      .when({ type: 'ResidentLeft' })
      .then(
        { type: 'ConcernClosed', data: { outcome: 'MOVED', note: null, dueAt: null } },
        ended('居民已迁出'),
      );
    given(started, ended('-')).when({ type: 'EndWatch', reason: '-' }).thenRejects('NOT_FOUND');
    given(started, ended('-'))
      .when({ type: 'StartWatch', ...watch })
      .then(started);
  });
});

describe('what other plugins know', () => {
  it('places the resident, by what changed', () => {
    const { data } = placed;
    given()
      .when({ type: 'PlaceResident', ...data })
      .then(placed);
    given(placed)
      .when({ type: 'PlaceResident', ...data })
      .thenNothing();
    given(placed).when({ type: 'PlaceResident' }).thenNothing();
    given(placed)
      .when({ type: 'PlaceResident', unit: '1单元' })
      .then({ type: 'ResidentPlaced', data: { building: '3号楼', unit: '1单元' } });
  });

  it('makes the watch blind while every device that would tell is silent', () => {
    const of = (
      type: 'DeviceAttached' | 'DeviceWentQuiet' | 'DeviceWasHeard' | 'DeviceDetached',
      deviceId: string,
    ) => ({ type, data: { deviceId } }) as WatchEvent;
    const blindAfter = (...events: WatchEvent[]): boolean =>
      isBlind(events.reduce(evolveWatch, nothingKnown));
    const [door, tap] = [of('DeviceAttached', 'door'), of('DeviceAttached', 'tap')];
    const doorQuiet = of('DeviceWentQuiet', 'door');
    expect(blindAfter()).toBe(false);
    expect(blindAfter(door, tap, doorQuiet)).toBe(false);
    expect(blindAfter(door, tap, doorQuiet, of('DeviceWentQuiet', 'tap'))).toBe(true);
    expect(blindAfter(door, doorQuiet, of('DeviceWasHeard', 'door'))).toBe(false);
    expect(blindAfter(door, tap, doorQuiet, of('DeviceDetached', 'tap'))).toBe(true);
    given().when({ type: 'AttachDevice', deviceId: 'door' }).then(door);
    given(door).when({ type: 'AttachDevice', deviceId: 'door' }).thenNothing();
    given(door).when({ type: 'DeviceFellSilent', deviceId: 'door' }).then(doorQuiet);
    given(door).when({ type: 'DeviceIsBack', deviceId: 'door' }).thenNothing();
    given(door, doorQuiet)
      .when({ type: 'DeviceIsBack', deviceId: 'door' })
      .then(of('DeviceWasHeard', 'door'));
    given(door).when({ type: 'DetachDevice', deviceId: 'door' }).then(of('DeviceDetached', 'door'));
    for (const type of ['DetachDevice', 'DeviceFellSilent', 'DeviceIsBack'] as const)
      given().when({ type, deviceId: 'door' }).thenNothing();
  });
});
