import { intent } from '@weinao/events';
import type { OutsideEffect, Reaction, Timer } from '@weinao/events';
import { IsString } from 'class-validator';
import { leakDecider } from './leak.decider.ts';
import type { LeakEvent } from './leak.decider.ts';
import { definePlugin, Setting } from '../../index.ts';
import type { Plugin } from '../../index.ts';

const HOUR_MS = 3_600_000;

interface WaterDetected {
  readonly type: 'sensors.WaterDetected';
  readonly data: { readonly sensor: string; readonly place: string };
}

export const openLeak: Reaction<WaterDetected> = {
  name: 'open-leak',
  follows: ['sensors.WaterDetected'],
  react: ({ data: { sensor, place } }) => [intent(leakDecider, sensor, { type: 'OpenLeak', place })],
};

const escalation: Timer<LeakEvent> = {
  name: 'escalation',
  version: 1,
  changes({ type, at, stream }) {
    const key = stream.slice(stream.lastIndexOf('/') + 1);
    if (type === 'LeakClosed') return [{ cancel: { key } }];
    if (type !== 'LeakOpened') return [];
    return [{ set: { key, due: new Date(Date.parse(at) + 2 * HOUR_MS).toISOString() } }];
  },
  fire: ({ key }) => [intent(leakDecider, key, { type: 'EscalateLeak' })],
};

/** @param send stands for the outside */
const sms = (send: (to: string, key: string) => Promise<void>): OutsideEffect<LeakEvent, { to: string }> => ({
  name: 'sms',
  version: 1,
  requests: ({ type, id, data }) =>
    type === 'LeakEscalated' ? [{ key: id, kind: 'sms', payload: { to: data.contact } }] : [],
  perform: ({ payload }, { key }) => send(payload.to, key),
});

class LeakSettings {
  @Setting({ title: { zh: '联系谁', en: 'Whom to tell' } })
  @IsString()
  contact = 'property';
}

export const leaks = (send: (to: string, key: string) => Promise<void>): Plugin =>
  definePlugin({
    manifest: {
      id: 'leaks',
      name: { zh: '漏水', en: 'Leaks' },
      version: '0.1.0',
      requires: [],
      publishes: [],
      consumes: ['sensors.WaterDetected'],
      permissions: [],
    },
    settings: LeakSettings,
    projections: [],
    migrations: [],
    readers: [],
    resolvers: {},
    reactions: [openLeak],
    timers: [escalation],
    effects: [sms(send)],
  });

export const sensors = definePlugin({
  manifest: {
    id: 'sensors',
    name: { zh: '传感器', en: 'Sensors' },
    version: '0.1.0',
    requires: [],
    publishes: ['WaterDetected'],
    consumes: [],
    permissions: [],
  },
  projections: [],
  migrations: [],
  readers: [],
  resolvers: {},
});
