import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar, JsonScalar, PageInfo } from '@weinao/plugins';

export enum PluginStatus {
  RUNNING = 'RUNNING',
  UNAVAILABLE = 'UNAVAILABLE',
}

registerEnumType(PluginStatus, {
  name: 'PluginStatus',
  description: 'RUNNING while at least one service answers for it, else UNAVAILABLE',
});

@ObjectType('Plugin')
export class PluginType {
  @Field(() => ID)
  id: string;

  @Field()
  version: string;

  @Field(() => [ID])
  requires: string[];

  @Field(() => [String], { description: 'Events of other plugins that it follows, as <plugin>.<Event>' })
  consumes: string[];

  @Field({ description: 'The code line that it comes from' })
  origin: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What the conformance kit has shown of it: bronze, silver or gold; null where it has shown nothing',
  })
  level: string | null;
}

@ObjectType('EnabledPlugin')
export class EnabledPluginType {
  @Field(() => PluginType)
  plugin: PluginType;

  @Field(() => DateTimeScalar)
  enabledAt: string;

  @Field(() => JsonScalar)
  settings: Readonly<Record<string, unknown>>;

  @Field(() => [ID], { description: 'Plugins whose events it follows, and that are off here' })
  absentNeighbours: string[];
}

@ObjectType('Community')
export class CommunityType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field()
  timeZone: string;

  @Field(() => [EnabledPluginType])
  plugins: EnabledPluginType[];
}

@ObjectType('CommunityConnection')
export class CommunityConnectionType {
  @Field(() => [CommunityType])
  nodes: CommunityType[];

  @Field(() => PageInfo)
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'Of all pages together' })
  totalCount: number;
}

@ObjectType('Viewer', { description: 'Who asks, and what they may do here' })
export class ViewerType {
  @Field(() => ID)
  id: string;

  @Field(() => [String])
  roles: string[];

  @Field(() => [String], { description: 'As <plugin>.<permission>, of the plugins that are enabled here' })
  permissions: string[];
}
