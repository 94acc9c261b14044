import type { PluginNames } from '../names/plugin-names.ts';

export const typeTemplate = ({ thing, field, instant }: PluginNames): string => `
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar } from '@weinao/plugins';

@ObjectType('${thing.type}')
export class ${thing.type}Type {
  @Field(() => ID)
  id: string;

  @Field()
  ${field}: string;

  @Field(() => DateTimeScalar)
  ${instant}: string;
}

@ObjectType('${thing.type}Connection')
export class ${thing.type}ConnectionType extends connectionOf(${thing.type}Type) {}
`;

export const inputsTemplate = ({ thing, command, field }: PluginNames): string => `
import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { Text } from '@weinao/plugins';

const ID_LENGTH = 64;
const TEXT_LENGTH = 200;

@InputType()
export class ${command.type}Input {
  @Field()
  @Text(TEXT_LENGTH)
  ${field}: string;
}

@ArgsType()
export class ${thing.type}Args {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}
`;

export const queriesTemplate = ({ id, thing, instant }: PluginNames): string => `
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import {
  connection, decodeInstantCursor, instantCursor, notFound, PageArgs, pageOf, Permission, PluginRequest,
} from '@weinao/plugins';
import { ${thing.type}Args } from './${thing.file}.inputs.ts';
import { ${thing.type}ConnectionType, ${thing.type}Type } from './${thing.file}.type.ts';
import { ${thing.type}Reader } from '../read/${thing.file}.reader.ts';
import type { ${thing.type}Row } from '../read/${thing.file}.row.ts';

@Resolver()
export class ${thing.type}QueriesResolver {
  constructor(private readonly reader: ${thing.type}Reader) {}

  @Query(() => ${thing.type}Type, { nullable: true })
  @Permission('${id}.read')
  async ${thing.one}(@Args() { id }: ${thing.type}Args, @Context() request: PluginRequest): Promise<${thing.type}Type> {
    const row = await this.reader.byId(request.communityId, id);
    if (!row) throw notFound('${thing.spoken}', id);
    return row;
  }

  @Query(() => ${thing.type}ConnectionType, { description: 'The newest first' })
  @Permission('${id}.read')
  async ${thing.many}(
    @Args() { first, after }: PageArgs,
    @Context() { communityId }: PluginRequest,
  ): Promise<${thing.type}ConnectionType> {
    const rows = await this.reader.page(communityId, first, after ? decodeInstantCursor(after) : undefined);
    const cursor = ({ ${instant}: at, id }: ${thing.type}Row): string => instantCursor({ at, id });
    return connection(pageOf(rows, first, cursor), () => this.reader.count(communityId));
  }
}
`;

export const mutationsTemplate = ({ id, thing, command, field }: PluginNames): string => `
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Commands, Permission, PluginRequest } from '@weinao/plugins';
import { ${command.type}Input } from './${thing.file}.inputs.ts';
import { ${thing.type}Type } from './${thing.file}.type.ts';
import { ${thing.one}Decider } from '../domain/${thing.file}.decider.ts';
import type { ${thing.type}Command } from '../domain/${thing.file}.decider.ts';
import { ${thing.one}AsOf } from '../read/${thing.files}.projection.ts';

@Resolver()
export class ${thing.type}MutationsResolver {
  constructor(private readonly commands: Commands) {}

  @Mutation(() => ${thing.type}Type)
  @Permission('${id}.${command.verb}')
  ${command.mutation}(
    @Args('input') { ${field} }: ${command.type}Input,
    @Context() request: PluginRequest,
  ): Promise<${thing.type}Type> {
    return this.execute({ type: '${command.type}', ${field} }, request);
  }

  /** Answers with the ${thing.spoken} as the command left it, also when the same command comes again later. */
  private async execute(
    command: ${thing.type}Command,
    request: PluginRequest,
    id?: string,
  ): Promise<${thing.type}Type> {
    const { history } = await this.commands.execute(${thing.one}Decider, command, request, { id });
    return ${thing.one}AsOf(history);
  }
}
`;

export const storyTemplate = ({ thing, command, field, instant }: PluginNames): string => `
import { people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import { plugin } from '../plugin.ts';

const ${command.document} = /* GraphQL */ \`
  mutation ${command.type}($input: ${command.type}Input!) {
    ${command.mutation}(input: $input) {
      id
      ${field}
      ${instant}
    }
  }
\`;

/** What Lin does. */
async function tell${thing.type}Story(harness: PluginHarness): Promise<unknown[]> {
  const lin = harness.as(people.residentLin);
  const input = { ${field}: '一号楼门口' };
  const { ${command.mutation}: ${thing.one} } = await lin.data(${command.document}, { input }, { idempotencyKey: 'lin-begins' });
  const answers = [${thing.one}];
  return answers;
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['一号楼门口'],
  sampleStory: tell${thing.type}Story,
};
`;

export const contractSpecTemplate = ({ id, thing }: PluginNames): string => `
import { describePlugin } from '@weinao/testing';
import { story } from './${thing.file}.story.ts';

describePlugin('${id}', () => story);
`;
