import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: 'tickets',
  name: { zh: '物业报修与社区爆料', en: 'Repair tickets and tip-offs' },
  version: '0.1.0',
  level: 'gold',
  requires: [],
  publishes: [
    'TicketOpened',
    'TicketAssigned',
    'TicketStarted',
    'TicketResolved',
    'TicketReopened',
    'TicketRated',
    'TicketClosed',
    'TicketCancelled',
    'TicketCommented',
    'TicketJoined',
  ],
  consumes: [],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看工单', en: 'See tickets' },
      roles: ['admin', 'worker', 'property', 'resident', 'integrator'],
    },
    {
      id: 'see-people',
      name: { zh: '查看工单中的人员', en: 'See who opened and wrote on tickets' },
      roles: ['admin', 'worker', 'property'],
    },
    {
      id: 'open',
      name: { zh: '报修与爆料', en: 'Open tickets' },
      roles: ['admin', 'worker', 'property', 'resident', 'integrator'],
    },
    {
      id: 'take-part',
      name: { zh: '评论、附议、评价、重开与撤销', en: 'Comment on, join, rate, reopen and cancel tickets' },
      roles: ['admin', 'worker', 'property', 'resident'],
    },
    { id: 'assign', name: { zh: '派单', en: 'Assign tickets' }, roles: ['admin', 'worker'] },
    {
      id: 'work',
      name: { zh: '处理工单', en: 'Start and resolve tickets' },
      roles: ['admin', 'worker', 'property'],
    },
    {
      id: 'cancel-any',
      name: { zh: '撤销任意工单', en: 'Cancel anybody’s ticket' },
      roles: ['admin', 'worker'],
    },
    { id: 'import', name: { zh: '导入工单', en: 'Import tickets' }, roles: ['admin'] },
  ],
};
