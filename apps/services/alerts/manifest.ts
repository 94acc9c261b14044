import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'alerts',
  name: { zh: '报警', en: 'Alerts' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: ['AlertRaised', 'AlertSignalled', 'AlertEscalated', 'AlertAcknowledged', 'AlertResolved'],
  consumes: [
    'devices.SmokeDetected',
    'devices.DeviceFellSilent',
    'devices.DeviceIsBack',
    'elderly-care.ConcernRaised',
    'elderly-care.ConcernTakenBack',
    'elderly-care.ConcernClosed',
  ],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看报警', en: 'See alerts' },
      roles: ['admin', 'worker', 'property', 'guard', 'integrator', 'screen'],
    },
    {
      id: 'raise',
      name: { zh: '发起报警', en: 'Raise alerts' },
      roles: ['admin', 'worker', 'property', 'guard', 'resident', 'integrator'],
    },
    {
      id: 'respond',
      name: { zh: '确认与解除报警', en: 'Acknowledge and resolve alerts' },
      roles: ['admin', 'worker', 'property', 'guard'],
    },
  ],
};
