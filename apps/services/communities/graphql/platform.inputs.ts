import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { JsonScalar, MOST_NODES_A_PAGE, Text } from '@weinao/plugins';
import {
  IsInt,
  IsNotIn,
  IsObject,
  IsOptional,
  IsTimeZone,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const COMMUNITY_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

@InputType()
export class FoundCommunityInput {
  @Field(() => ID, { description: '^[a-z0-9][a-z0-9-]{0,63}$' })
  @Matches(COMMUNITY_ID)
  @IsNotIn(['platform'])
  id: string;

  @Field()
  @Text(100)
  name: string;

  @Field(() => String, { defaultValue: 'Asia/Shanghai', nullable: true })
  @IsTimeZone()
  timeZone: string;
}

@ArgsType()
export class CommunityArgs {
  @Field(() => ID)
  @Text(64)
  id: string;
}

@ArgsType()
export class CommunityPluginArgs {
  @Field(() => ID)
  @Text(64)
  communityId: string;

  @Field(() => ID)
  @Text(64)
  pluginId: string;
}

@ArgsType()
export class EnablePluginArgs extends CommunityPluginArgs {
  @Field(() => JsonScalar, { nullable: true })
  @IsOptional()
  @IsObject()
  settings?: Record<string, unknown> | null;
}

@ArgsType()
export class ConfigurePluginArgs extends CommunityPluginArgs {
  @Field(() => JsonScalar)
  @IsObject()
  settings: Record<string, unknown>;
}

@ArgsType()
export class CommunitiesArgs {
  @Field(() => Int, { defaultValue: 50, nullable: true })
  @IsInt()
  @Min(1)
  @Max(MOST_NODES_A_PAGE)
  first: number;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  after?: string;
}
