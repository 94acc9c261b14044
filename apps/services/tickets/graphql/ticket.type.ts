import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType, Location } from '@weinao/plugins';
import type { TicketStatus } from '../domain/ticket.commands.ts';
import type { TicketKind, TicketLocation } from '../domain/ticket.events.ts';
import type { TicketEventRow, TicketRow } from '../read/ticket.rows.ts';

export const TicketKindEnum = enumType<TicketKind>('TicketKind', ['REPAIR', 'TIP']);

export const TicketStatusEnum = enumType<TicketStatus>('TicketStatus', [
  'OPEN',
  'ASSIGNED',
  'IN_PROGRESS',
  'RESOLVED',
  'CLOSED',
  'CANCELLED',
]);

@ObjectType('TicketEvent', { description: 'Something that happened to a ticket, named as in the event log' })
export class TicketEventType {
  @Field()
  type: string;

  @Field(() => DateTimeScalar)
  at: string;

  @Field(() => ID, { nullable: true, description: 'Null for what the viewer may not know' })
  by: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Resolution, reason, comment, or who it was assigned to',
  })
  note: string | null;
}

@ObjectType('Ticket')
export class TicketType {
  @Field(() => ID)
  id: string;

  @Field(() => Int, { description: 'Counts the tickets of the community' })
  number: number;

  @Field(() => TicketKindEnum)
  kind: TicketKind;

  @Field()
  category: string;

  @Field()
  title: string;

  @Field(() => String, { nullable: true })
  description: string | null;

  @Field(() => Location, { nullable: true })
  location: TicketLocation | null;

  @Field(() => TicketStatusEnum)
  status: TicketStatus;

  @Field(() => DateTimeScalar)
  openedAt: string;

  @Field(() => ID, { nullable: true, description: 'Null for what the viewer may not know' })
  openedBy: string | null;

  @Field(() => ID, { nullable: true })
  assigneeId: string | null;

  @Field(() => String, { nullable: true })
  resolution: string | null;

  @Field(() => Int, { nullable: true })
  stars: number | null;

  @Field(() => String, { nullable: true, description: 'Its id in the system that it was imported from' })
  externalId: string | null;

  /** As it is stored: `openedBy` may be hidden above, and only who knows it can hide it in the history too. */
  readonly row: TicketRow;

  /** Where the answer is of an earlier moment, its history as it was then; else it is loaded. */
  readonly knownHistory?: readonly TicketEventRow[];
}

@ObjectType('TicketConnection')
export class TicketConnectionType extends connectionOf(TicketType) {}

@ObjectType()
export class TicketImportProblem {
  @Field(() => Int, { description: 'Place of the row in the request, from 0' })
  row: number;

  @Field()
  path: string;

  @Field()
  rule: string;

  @Field()
  message: string;
}

@ObjectType()
export class TicketImportReport {
  @Field(() => Int)
  created: number;

  @Field(() => Int, { description: 'Rows that had been imported before' })
  repeated: number;

  @Field(() => [TicketImportProblem], { description: 'Of rows that were not imported' })
  problems: TicketImportProblem[];
}
