import type { CommandNames, ThingNames } from '../names/plugin-names.ts';

/** What is added with one more command. */
export interface AddedCommand {
  readonly id: string;
  readonly thing: ThingNames;
  readonly command: CommandNames;
  readonly field: string | undefined;
  /** The property of the state that says that the thing is there. */
  readonly isThere: string;
}

const property = (field: string | undefined): string => (field ? `readonly ${field}: string` : '');
const given = (field: string | undefined): string => (field ? `, ${field}: '放在门卫室'` : '');

export const eventMember = ({ command, field }: AddedCommand): string =>
  `{ readonly type: '${command.event}'; readonly data: ${
    field ? `{ ${property(field)} }` : 'Readonly<Record<string, never>>'
  }; readonly at?: string }`;

export const commandMember = ({ command, field }: AddedCommand): string =>
  `{ readonly type: '${command.type}'; ${property(field)} }`;

export const decideCase = ({ thing, command, field, isThere }: AddedCommand): string => `
      case '${command.type}':
        if (!state.${isThere}) reject('NOT_FOUND', 'There is no such ${thing.spoken} here.');
        if (state.${command.happened}) return [];
        return [{ type: '${command.event}', data: {${field ? ` ${field}: command.${field} ` : ''}} }];`;

export const evolveCase = ({ command }: AddedCommand): string => `
      case '${command.event}':
        return { ...state, ${command.happened}: true };`;

export const commandSpec = ({ command, field, isThere }: AddedCommand): string => `

describe('${command.mutation}', () => {
  const command = { type: '${command.type}'${given(field)} } as const;
  const ${command.happened} = { type: '${command.event}', data: {${given(field).slice(1)}} } as const;

  it('happens once, to what is there', () => {
    given(${isThere}).when(command).then(${command.happened});
    given(${isThere}, ${command.happened}).when(command).thenNothing();
    given().when(command).thenRejects('NOT_FOUND');
  });
});
`;

export const argsClass = ({ thing, command, field }: AddedCommand): string => `

@ArgsType()
export class ${command.type}Args extends ${thing.type}Args {
  @Field()
  @Text(TEXT_LENGTH)
  ${field}: string;
}
`;

export const argsName = ({ thing, command, field }: AddedCommand): string =>
  field ? `${command.type}Args` : `${thing.type}Args`;

export const mutationMethod = (added: AddedCommand): string => {
  const { id, thing, command, field } = added;
  const also = field ? `, ${field}` : '';
  return `
  @Mutation(() => ${thing.type}Type)
  @Permission('${id}.${command.verb}')
  ${command.mutation}(
    @Args() { id${also} }: ${argsName(added)},
    @Context() request: PluginRequest,
  ): Promise<${thing.type}Type> {
    return this.execute({ type: '${command.type}'${also} }, request, id);
  }`;
};

export const permission = ({ command }: AddedCommand): string => `
    {
      id: '${command.verb}',
      name: { zh: '${command.zh}', en: '${command.en}' },
      roles: ['admin', 'worker', 'resident'],
    }`;

export const storyDocument = ({ command, field }: AddedCommand): string => `
const ${command.document} = /* GraphQL */ \`
  mutation ${command.type}($id: ID!${field ? `, $${field}: String!` : ''}) {
    ${command.mutation}(id: $id${field ? `, ${field}: $${field}` : ''}) {
      id
    }
  }
\`;`;

export const storyStep = ({ thing, command, field }: AddedCommand): string => `
  answers.push(
    await lin.data(${command.document}, { id: ${thing.one}.id${given(field)} }, { idempotencyKey: 'lin-${command.verb}s' }),
  );`;
