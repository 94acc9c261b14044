import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { LocationInput, OptionalText, PageArgs, Text } from '@weinao/plugins';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Max, Min, ValidateBy, ValidateNested } from 'class-validator';
import { TicketKindEnum, TicketStatusEnum } from './ticket.type.ts';
import type { TicketStatus } from '../domain/ticket.commands.ts';
import type { TicketKind } from '../domain/ticket.events.ts';

const ID_LENGTH = 64;
export const CATEGORY_LENGTH = 100;
export const TITLE_LENGTH = 200;
export const DESCRIPTION_LENGTH = 4_000;
export const NOTE_LENGTH = 2_000;

const OnlyForTips = (): PropertyDecorator =>
  ValidateBy({
    name: 'onlyForTips',
    validator: {
      validate: (anonymous, context) => !anonymous || (context?.object as OpenTicketInput).kind === 'TIP',
      defaultMessage: () => 'only a TIP can be anonymous',
    },
  });

@InputType()
export class OpenTicketInput {
  @Field(() => TicketKindEnum)
  @IsIn(Object.keys(TicketKindEnum))
  kind: TicketKind;

  @Field()
  @Text(CATEGORY_LENGTH)
  category: string;

  @Field()
  @Text(TITLE_LENGTH)
  title: string;

  @Field(() => String, { nullable: true })
  @OptionalText(DESCRIPTION_LENGTH)
  description?: string | null;

  @Field(() => LocationInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => LocationInput)
  location?: LocationInput | null;

  @Field(() => Boolean, {
    defaultValue: false,
    nullable: true,
    description: 'Only for TIP; then nobody below the role named in the settings can learn who opened it',
  })
  @OnlyForTips()
  anonymous?: boolean | null;
}

@InputType()
export class TicketFilter {
  @Field(() => [TicketStatusEnum], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(Object.keys(TicketStatusEnum).length)
  status?: TicketStatus[] | null;

  @Field(() => TicketKindEnum, { nullable: true })
  kind?: TicketKind | null;

  @Field(() => String, { nullable: true })
  @OptionalText(CATEGORY_LENGTH)
  category?: string | null;

  @Field(() => ID, { nullable: true })
  @OptionalText(ID_LENGTH)
  assigneeId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what the viewer opened' })
  mine?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Part of the title, description or category' })
  @OptionalText(200)
  text?: string | null;
}

@ArgsType()
export class TicketsArgs extends PageArgs {
  @Field(() => TicketFilter, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => TicketFilter)
  filter?: TicketFilter | null;
}

@ArgsType()
export class TicketArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}

@ArgsType()
export class AssignTicketArgs extends TicketArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  assigneeId: string;
}

@ArgsType()
export class ResolveTicketArgs extends TicketArgs {
  @Field()
  @Text(NOTE_LENGTH)
  resolution: string;
}

@ArgsType()
export class TicketReasonArgs extends TicketArgs {
  @Field()
  @Text(NOTE_LENGTH)
  reason: string;
}

@ArgsType()
export class RateTicketArgs extends TicketArgs {
  @Field(() => Int, { description: '1 to 5' })
  @IsInt()
  @Min(1)
  @Max(5)
  stars: number;

  @Field(() => String, { nullable: true })
  @OptionalText(NOTE_LENGTH)
  comment?: string | null;
}

@ArgsType()
export class CommentOnTicketArgs extends TicketArgs {
  @Field()
  @Text(NOTE_LENGTH)
  text: string;
}
