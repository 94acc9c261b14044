import { ROLES } from '@weinao/plugins';
import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'communities',
  name: { zh: '社区', en: 'Communities' },
  version: '0.1.0',
  level: 'gold',
  scope: 'platform',
  requires: [],
  publishes: [
    'CommunityFounded',
    'PluginEnabled',
    'PluginConfigured',
    'PluginDisabled',
    'PluginAnnounced',
    'PluginRefused',
  ],
  consumes: [],
  permissions: [
    {
      id: 'view',
      name: { zh: '查看所在社区', en: 'See one’s own community' },
      roles: [...ROLES],
    },
    {
      id: 'catalogue',
      name: { zh: '查看社区与插件目录', en: 'See communities and the plugin catalogue' },
      roles: ['operator', 'admin'],
    },
    { id: 'found', name: { zh: '创建社区', en: 'Found communities' }, roles: ['operator'] },
    {
      id: 'configure',
      name: { zh: '启用、设置与停用插件', en: 'Enable, configure and disable plugins' },
      roles: ['operator', 'admin'],
    },
    {
      id: 'oversee',
      name: { zh: '管理所有社区', en: 'See and change every community' },
      roles: ['operator'],
    },
  ],
};
