import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'notices',
  name: { zh: '通知公告', en: 'Notices' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: [
    'AddresseeNoted',
    'AddresseeLeft',
    'NoticeScheduled',
    'NoticeFellDue',
    'NoticePublished',
    'NoticeAddressed',
    'NoticeAcknowledged',
    'NoticeWithdrawn',
    'NoticeExpired',
    'ScreenRegistered',
  ],
  consumes: ['residents.ResidentRegistered', 'residents.ResidentAmended', 'residents.ResidentMovedOut'],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看通知', en: 'See notices' },
      roles: ['admin', 'worker', 'property', 'guard', 'integrator', 'resident'],
    },
    {
      id: 'see-all',
      name: { zh: '查看发给他人的通知', en: 'See notices to others, too' },
      roles: ['admin', 'worker', 'property', 'guard', 'integrator'],
    },
    {
      id: 'publish',
      name: { zh: '发布与撤回通知', en: 'Publish and withdraw notices' },
      roles: ['admin', 'worker'],
    },
    {
      id: 'see-reach',
      name: { zh: '查看谁还未确认', en: 'See who has not acknowledged yet' },
      roles: ['admin', 'worker'],
    },
    { id: 'acknowledge', name: { zh: '确认已读', en: 'Acknowledge notices' }, roles: ['resident'] },
    {
      id: 'manage-screens',
      name: { zh: '登记与查看屏幕', en: 'Register and see screens' },
      roles: ['admin', 'worker', 'property'],
    },
  ],
};
