import { describe, it } from '@jest/globals';
import { anActor, decider, FIXED_NOW } from '@weinao/testing';
import type { AlertCommand } from './alert.commands.ts';
import { alertDecider } from './alert.decider.ts';
import type { AlertEvent } from './alert.events.ts';
import type { AlertRules } from './alert.rules.ts';

const guard = anActor('guard-he');
const settings: AlertRules = {
  windowSeconds: 300,
  escalateAfterSeconds: 60,
  escalationSteps: 3,
  alertOnSilentDevices: false,
};
const { given } = decider(alertDecider, { communityId: 'osmanthus-court', actor: guard, settings });

const MINUTE = 60_000;
const after = (ms: number): string => new Date(Date.parse(FIXED_NOW) + ms).toISOString();

const smoke = {
  kind: 'SMOKE',
  title: '烟感报警：3号楼2单元',
  severity: 'EXTREME',
  drill: false,
  location: { building: '3号楼', unit: '2单元' },
  sourceId: 'alarm-east',
} as const;
const signal: AlertCommand = { type: 'SignalPlace', ...smoke };
const acknowledge: AlertCommand = { type: 'AcknowledgeAlert', ordinal: 1 };
const falseAlarm = { ordinal: 1, outcome: 'FALSE_ALARM', note: '有人抽烟' } as const;
const resolve: AlertCommand = { type: 'ResolveAlert', ...falseAlarm };
const escalate = (step: number): AlertCommand => ({ type: 'EscalateAlert', ordinal: 1, step });

const raised = (ordinal = 1, at = FIXED_NOW, escalatesAt: string | null = after(MINUTE)): AlertEvent => ({
  type: 'AlertRaised',
  data: { ordinal, ...smoke, escalatesAt },
  at,
});
const raisedNow = ({ at: _at, ...event }: AlertEvent): AlertEvent => event;
const signalled = (at?: string): AlertEvent => ({
  type: 'AlertSignalled',
  data: { ordinal: 1, sourceId: 'alarm-east' },
  ...(at === undefined ? {} : { at }),
});
const escalated = (step: number, escalatesAt: string | null): AlertEvent => ({
  type: 'AlertEscalated',
  data: { ordinal: 1, step, escalatesAt },
  at: FIXED_NOW,
});
const acknowledged: AlertEvent = {
  type: 'AlertAcknowledged',
  data: { ordinal: 1, by: 'guard-he' },
  at: after(1_000),
};
const resolved: AlertEvent = { type: 'AlertResolved', data: falseAlarm, at: after(2_000) };

describe('signals of one place and kind', () => {
  it('raise an alert, which escalates a minute later unless somebody comes', () => {
    given().when(signal).then(raisedNow(raised()));
  });

  it('are one alert within five minutes of each other, also after somebody has come', () => {
    given(raised())
      .when(signal, { now: after(5 * MINUTE) })
      .then(signalled());
    given(raised(), signalled(after(5 * MINUTE)))
      .when(signal, { now: after(10 * MINUTE) })
      .then(signalled());
    given(raised(), acknowledged)
      .when(signal, { now: after(MINUTE) })
      .then(signalled());
  });

  it('are another alert after that, or when the first one is over', () => {
    const now = after(5 * MINUTE + 1);
    const second = raisedNow(raised(2, now, after(6 * MINUTE + 1)));
    given(raised()).when(signal, { now }).then(second);
    given(raised(), resolved)
      .when(signal, { now: after(3_000) })
      .then(raisedNow(raised(2, after(3_000), after(MINUTE + 3_000))));
  });

  it('keep the time at which they were so, and meet the alert of that time', () => {
    const at = after(-MINUTE);
    given()
      .when({ ...signal, at })
      .then(raised(1, at));
    given(raised())
      .when({ ...signal, at })
      .then(signalled(at));
    given(raised())
      .when({ ...signal, at: after(-6 * MINUTE) })
      .then(raised(2, after(-6 * MINUTE)));
  });
});

describe('an alert that nobody acknowledges', () => {
  it('escalates step by step, up to the steps of the settings', () => {
    given(raised())
      .when(escalate(1))
      .then(raisedNow(escalated(1, after(MINUTE))));
    const twice = [raised(), escalated(1, after(MINUTE)), escalated(2, after(MINUTE))];
    given(...twice)
      .when(escalate(3))
      .then(raisedNow(escalated(3, null)));
    given()
      .when(signal, { settings: { ...settings, escalationSteps: 0 } })
      .then(raisedNow(raised(1, FIXED_NOW, null)));
  });

  it('does not, where somebody was quicker than the timer, or the timer comes twice', () => {
    given(raised(), acknowledged).when(escalate(1)).thenNothing();
    given(raised(), resolved).when(escalate(1)).thenNothing();
    given(raised(), escalated(1, after(MINUTE)))
      .when(escalate(1))
      .thenNothing();
  });
});

describe('who comes', () => {
  it('acknowledges the alert once, and who comes later learns its present state', () => {
    given(raised())
      .when(acknowledge)
      .then({ type: 'AlertAcknowledged', data: { ordinal: 1, by: 'guard-he' } });
    given(raised(), escalated(1, null))
      .when(acknowledge)
      .then({
        type: 'AlertAcknowledged',
        data: { ordinal: 1, by: 'guard-he' },
      });
    given(raised(), acknowledged)
      .when(acknowledge)
      .thenRejects('ALERT_ALREADY_ACKNOWLEDGED', {
        status: 'ACKNOWLEDGED',
        acknowledgedBy: 'guard-he',
        acknowledgedAt: after(1_000),
      });
    given(raised(), resolved).when(acknowledge).thenRejects('ALERT_ALREADY_RESOLVED');
  });

  it('resolves it from every state, once', () => {
    const over = { type: 'AlertResolved', data: falseAlarm } as const;
    given(raised()).when(resolve).then(over);
    given(raised(), acknowledged).when(resolve).then(over);
    given(raised(), resolved).when(resolve).thenRejects('ALERT_ALREADY_RESOLVED', { status: 'FALSE_ALARM' });
  });

  it('finds the last of those that are over, and no older ones; what is open is never forgotten', () => {
    const open = raised(1);
    const over = Array.from({ length: 21 }, (_, index) => {
      const ordinal = index + 2;
      return [raised(ordinal), { ...resolved, data: { ...falseAlarm, ordinal } }];
    }).flat();
    const at = (ordinal: number): AlertCommand => ({ type: 'AcknowledgeAlert', ordinal });
    given(open, ...over)
      .when(at(2))
      .thenRejects('NOT_FOUND');
    given(open, ...over)
      .when(at(3))
      .thenRejects('ALERT_ALREADY_RESOLVED');
    given(open, ...over)
      .when(at(1))
      .then({ type: 'AlertAcknowledged', data: { ordinal: 1, by: 'guard-he' } });
    given(open, ...over)
      .when(signal, { now: after(6 * MINUTE) })
      .then(raisedNow(raised(23, after(6 * MINUTE), after(7 * MINUTE))));
  });

  it('finds no alert where there is none', () => {
    given().when(acknowledge).thenRejects('NOT_FOUND');
    given(raised())
      .when({ ...resolve, ordinal: 2 })
      .thenRejects('NOT_FOUND');
  });
});

describe('a source that is well again', () => {
  it('ends what is open of its place, and nothing else', () => {
    const clear: AlertCommand = { type: 'ClearPlace', outcome: 'RESOLVED', note: '设备已恢复在线' };
    const { type: _type, ...end } = clear;
    given(raised(), resolved, raised(2))
      .when(clear)
      .then({ type: 'AlertResolved', data: { ordinal: 2, ...end } });
    given().when(clear).thenNothing();
  });
});

describe('a silent device', () => {
  it('is an alert only where the community wants it so', () => {
    const silent: AlertCommand = { ...signal, type: 'SignalSilentDevice' };
    given().when(silent).thenNothing();
    given()
      .when(silent, { settings: { ...settings, alertOnSilentDevices: true } })
      .then(raisedNow(raised()));
  });
});
