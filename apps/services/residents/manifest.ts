import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'residents',
  name: { zh: '居民', en: 'Residents' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: ['ResidentRegistered', 'ResidentAmended', 'ResidentMovedOut'],
  consumes: [],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看居民名册', en: 'See the list of residents' },
      roles: ['admin', 'worker', 'property', 'guard'],
    },
    {
      id: 'see-own',
      name: { zh: '查看本人信息', en: 'See oneself' },
      roles: ['admin', 'worker', 'property', 'guard', 'resident'],
    },
    {
      id: 'see-personal',
      name: { zh: '查看居民个人信息', en: 'See personal data of residents' },
      roles: ['admin', 'worker'],
    },
    {
      id: 'manage',
      name: { zh: '登记居民与迁出', en: 'Register, amend and move out residents' },
      roles: ['admin', 'worker'],
    },
    { id: 'import', name: { zh: '导入居民', en: 'Import residents' }, roles: ['admin'] },
  ],
};
