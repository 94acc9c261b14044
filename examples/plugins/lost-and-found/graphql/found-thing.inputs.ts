import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { PageArgs, Text } from '@weinao/plugins';
import { IsOptional } from 'class-validator';
import { FoundThingStatusEnum } from './found-thing.type.ts';
import type { FoundThingStatus } from '../domain/found-thing.decider.ts';

@InputType()
export class ReportFoundThingInput {
  @Field()
  @Text(200)
  what: string;

  @Field()
  @Text(200)
  place: string;
}

@ArgsType()
export class FoundThingArgs {
  @Field(() => ID)
  @Text(64)
  id: string;
}

@ArgsType()
export class ClaimFoundThingArgs extends FoundThingArgs {
  @Field(() => String, { description: 'What only its owner can know of it' })
  @Text(500)
  proof: string;
}

@ArgsType()
export class FoundThingsArgs extends PageArgs {
  @Field(() => FoundThingStatusEnum, { nullable: true })
  @IsOptional()
  status?: FoundThingStatus | null;
}
