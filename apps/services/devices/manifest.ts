import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'devices',
  name: { zh: '物联设备', en: 'Devices' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: [
    'DeviceRegistered',
    'DeviceRetired',
    'ReadingReceived',
    'ActivityDetected',
    'SmokeDetected',
    'SmokeCleared',
    'DeviceFellSilent',
    'DeviceIsBack',
  ],
  consumes: [],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看设备与读数', en: 'See devices and what they read' },
      roles: ['admin', 'worker', 'property', 'guard', 'integrator'],
    },
    {
      id: 'manage',
      name: { zh: '登记与停用设备', en: 'Register and retire devices' },
      roles: ['admin', 'worker', 'property', 'integrator'],
    },
  ],
};
