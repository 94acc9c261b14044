import { ArgsType, Field } from '@nestjs/graphql';
import { JsonScalar, LocationInput, OptionalText, parseInstant, Text } from '@weinao/plugins';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { CATEGORY_LENGTH, DESCRIPTION_LENGTH, NOTE_LENGTH, TITLE_LENGTH } from './ticket.inputs.ts';
import { TicketKindEnum, TicketStatusEnum } from './ticket.type.ts';
import type { TicketStatus } from '../domain/ticket.commands.ts';
import type { TicketKind } from '../domain/ticket.events.ts';

export const MOST_ROWS_A_REQUEST = 200;

@ArgsType()
export class ImportTicketsArgs {
  @Field({
    description:
      'Names the system that the tickets come from; with it and their externalId they are known again',
  })
  @Text(64)
  source: string;

  @Field(() => [JsonScalar], { description: `Rows of ImportedTicket, at most ${MOST_ROWS_A_REQUEST}` })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ROWS_A_REQUEST)
  rows: unknown[];
}

const WithAssignee = (): PropertyDecorator =>
  ValidateBy({
    name: 'withAssignee',
    validator: {
      validate: (status, context) =>
        !['ASSIGNED', 'IN_PROGRESS'].includes(status as string) ||
        Boolean((context?.object as ImportedTicket).assigneeId),
      defaultMessage: () => '$value needs an assigneeId',
    },
  });

const Instant = (): PropertyDecorator =>
  ValidateBy({
    name: 'instant',
    validator: {
      validate: (value) => parseInstant(value) !== undefined,
      defaultMessage: () => '$property must be a time such as 2026-11-24T18:30:00Z, not $value',
    },
  });

const NotBeforeOpening = (): PropertyDecorator =>
  ValidateBy({
    name: 'notBeforeOpening',
    validator: {
      validate: (endedAt, context) => {
        const [opened, ended] = [
          parseInstant((context?.object as ImportedTicket).openedAt),
          parseInstant(endedAt),
        ];
        return !opened || !ended || ended >= opened;
      },
      defaultMessage: () => '$property $value is before openedAt',
    },
  });

/** A ticket as another system knew it. Each row is checked alone, so that one bad line keeps none of the others out. */
export class ImportedTicket {
  @Text(100)
  externalId: string;

  @IsIn(Object.keys(TicketKindEnum))
  kind: TicketKind;

  @Text(CATEGORY_LENGTH)
  category: string;

  @Text(TITLE_LENGTH)
  title: string;

  @OptionalText(DESCRIPTION_LENGTH)
  description?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => LocationInput)
  location?: LocationInput | null;

  @IsIn(Object.keys(TicketStatusEnum))
  @WithAssignee()
  status: TicketStatus;

  @Instant()
  openedAt: string;

  @OptionalText(64)
  openedBy?: string | null;

  @OptionalText(64)
  assigneeId?: string | null;

  @OptionalText(NOTE_LENGTH)
  resolution?: string | null;

  /** When it was resolved, closed or cancelled. */
  @IsOptional()
  @Instant()
  @NotBeforeOpening()
  endedAt?: string | null;
}
