import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'facilities',
  name: { zh: '设施', en: 'Facilities' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: ['FacilityRegistered', 'FacilityAmended', 'HydrantWaterRead'],
  consumes: ['devices.ReadingReceived'],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看设施', en: 'See facilities' },
      roles: ['admin', 'worker', 'property', 'resident', 'guard', 'integrator', 'screen'],
    },
    {
      id: 'manage',
      name: { zh: '登记与导入设施', en: 'Register and import facilities' },
      roles: ['admin', 'worker', 'property', 'integrator'],
    },
    {
      id: 'report-water',
      name: { zh: '报告消防栓水情', en: 'Report whether a hydrant has water' },
      roles: ['admin', 'worker', 'property', 'guard', 'integrator'],
    },
  ],
};
