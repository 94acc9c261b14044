import { ROLES } from '@weinao/plugins';
import type { Role } from '@weinao/plugins';
import { IsIn } from 'class-validator';

/** What a community may set for its tickets. */
export class TicketSettings {
  /** The role that may learn who gave an anonymous tip; nobody else but the person can. */
  @IsIn(ROLES)
  anonymousVisibleTo: Role = 'admin';
}
