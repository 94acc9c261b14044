import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'elderly-care',
  name: { zh: '为老服务', en: 'Elderly care' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: [
    'WatchStarted',
    'WatchPaused',
    'WatchResumed',
    'WatchEnded',
    'SignOfLifeSeen',
    'ConcernRaised',
    'ConcernEscalated',
    'ConcernTakenBack',
    'ConcernClosed',
    'ResidentPlaced',
    'DeviceAttached',
    'DeviceDetached',
    'DeviceWentQuiet',
    'DeviceWasHeard',
  ],
  consumes: [
    'devices.ActivityDetected',
    'devices.DeviceRegistered',
    'devices.DeviceRetired',
    'devices.DeviceFellSilent',
    'devices.DeviceIsBack',
    'residents.ResidentRegistered',
    'residents.ResidentAmended',
    'residents.ResidentMovedOut',
  ],
  permissions: [
    { id: 'read', name: { zh: '查看关注情况', en: 'See who is watched' }, roles: ['admin', 'worker'] },
    {
      id: 'manage',
      name: { zh: '开始、暂停与结束关注', en: 'Start, pause and end watches, close concerns' },
      roles: ['admin', 'worker'],
    },
    {
      id: 'record',
      name: { zh: '记录探访与动静', en: 'Record signs of life' },
      roles: ['admin', 'worker', 'property', 'guard'],
    },
  ],
};
