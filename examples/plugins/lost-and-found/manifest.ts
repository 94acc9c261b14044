import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'lost-and-found',
  name: { zh: '失物招领', en: 'Lost and found' },
  version: '1.0.0',
  origin: 'example.org/lost-and-found',
  requires: [],
  publishes: ['FoundThingReported', 'FoundThingClaimed', 'FoundThingHandedOut'],
  consumes: [],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看拾到的物品', en: 'See what was found' },
      roles: ['admin', 'worker', 'property', 'resident', 'guard'],
    },
    {
      id: 'report',
      name: { zh: '登记拾到的物品', en: 'Report what one has found' },
      roles: ['admin', 'worker', 'property', 'resident', 'guard'],
    },
    {
      id: 'claim',
      name: { zh: '认领失物', en: 'Claim what one has lost' },
      roles: ['admin', 'worker', 'property', 'resident', 'guard'],
    },
    {
      id: 'hand-out',
      name: { zh: '核对后归还失物', en: 'Hand out what was claimed' },
      roles: ['admin', 'property', 'guard'],
    },
  ],
};
