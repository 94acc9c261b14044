import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar } from '@weinao/plugins';

export enum ReplicaSchema {
  IN_FORCE = 'IN_FORCE',
  WAITING = 'WAITING',
  REFUSED = 'REFUSED',
}

registerEnumType(ReplicaSchema, {
  name: 'ReplicaSchema',
  description:
    'IN_FORCE: the catalogue has what it announced; WAITING: until every running replica has it; REFUSED: it answers nobody',
});

@ObjectType('PluginReplica', {
  description: 'A process that runs a plugin, heard of within the last two seconds',
})
export class PluginReplicaType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  pluginId: string;

  @Field()
  version: string;

  @Field(() => ReplicaSchema)
  schema: ReplicaSchema;
}

@ObjectType('PluginRefusal', {
  description: 'An announcement that was not taken; nothing else was changed by it',
})
export class PluginRefusalType {
  @Field(() => ID)
  pluginId: string;

  @Field()
  version: string;

  @Field({ description: 'The code line that it comes from' })
  origin: string;

  @Field()
  reason: string;

  @Field(() => DateTimeScalar)
  refusedAt: string;

  @Field({ description: 'Whether a replica that announces it still runs' })
  running: boolean;
}
