import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { TicketStatus } from '../domain/ticket.commands.ts';
import type { TicketKind, TicketLocation } from '../domain/ticket.events.ts';

@Entity('ticket')
@Index('ticket_by_opening', ['communityId', 'openedAt', 'id'])
export class TicketRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_ticket' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_ticket' })
  id: string;

  /** Counts the community's tickets in the order of the log. */
  @Column('integer')
  number: number;

  @Column('text')
  kind: TicketKind;

  @Column('text')
  category: string;

  @Column('text')
  title: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Column('jsonb', { nullable: true })
  location: TicketLocation | null;

  @Column('text')
  status: TicketStatus;

  @Column('boolean')
  anonymous: boolean;

  @InstantColumn()
  openedAt: string;

  @Column('text', { nullable: true })
  openedBy: string | null;

  @Column('text', { nullable: true })
  assigneeId: string | null;

  @Column('text', { nullable: true })
  resolution: string | null;

  @Column('integer', { nullable: true })
  stars: number | null;

  /** Id in the system that it was imported from. */
  @Column('text', { nullable: true })
  externalId: string | null;
}

@Entity('ticket_event')
export class TicketEventRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_ticket_event' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_ticket_event' })
  ticketId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'PK_ticket_event' })
  revision: number;

  @Column('text')
  type: string;

  @InstantColumn()
  at: string;

  @Column('text', { nullable: true })
  by: string | null;

  @Column('text', { nullable: true })
  note: string | null;
}

/** How many tickets a community has had. */
@Entity('ticket_counter')
export class TicketCounterRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_ticket_counter' })
  communityId: string;

  @Column('integer')
  opened: number;
}
