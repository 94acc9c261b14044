import { ROLES, Setting } from '@weinao/plugins';
import type { Role } from '@weinao/plugins';
import { IsIn } from 'class-validator';

/** What a community may set for its tickets. */
export class TicketSettings {
  @Setting({
    title: { zh: '可查看匿名爆料人的角色', en: 'Role that may learn who gave an anonymous tip' },
    description: { zh: '除爆料人本人外，仅此角色可见。', en: 'Nobody else but the person can.' },
  })
  @IsIn(ROLES)
  anonymousVisibleTo: Role = 'admin';
}
