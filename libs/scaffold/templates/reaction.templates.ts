import type { ThingNames } from '../names/plugin-names.ts';
import type { UnionMember } from '../sources/union-members.ts';

/** What follows from an event: a command of the plugin. */
export interface AddedReaction {
  readonly thing: ThingNames;
  /** found-by-ticket */
  readonly file: string;
  /** foundByTicket */
  readonly one: string;
  /** tickets.TicketOpened, or an event of the plugin itself */
  readonly follows: string;
  /** TicketOpened */
  readonly event: string;
  readonly isOwn: boolean;
  readonly command: UnionMember;
}

const typeOf = ({ thing, follows, event, isOwn }: AddedReaction): string =>
  isOwn
    ? `type ${event} = Extract<${thing.type}Event, { readonly type: '${event}' }>;`
    : `interface ${event} {\n  readonly type: '${follows}';\n  readonly data: object;\n}`;

export const reactionTemplate = (added: AddedReaction): string => {
  const { thing, file, one, follows, event, isOwn, command } = added;
  const needsStream = isOwn || command.fields.length > 0;
  const texts = command.fields.map((field) => `${field}: \`${event} \${idOfStream(event.stream)}\``);
  return `
import { ${needsStream ? 'idOfStream, ' : ''}intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { ${thing.one}Decider } from '../domain/${thing.file}.decider.ts';
${isOwn ? `import type { ${thing.type}Event } from '../domain/${thing.file}.events.ts';` : ''}

${typeOf(added)}

/** ${command.type} follows from ${follows}. */
export const ${one}Reaction: Reaction<${event}> = {
  name: '${file}',
  follows: ['${follows}'],

  react: (event) => [
    intent(${thing.one}Decider, ${isOwn ? 'idOfStream(event.stream)' : 'event.id'}, {
      ${[`type: '${command.type}'`, ...texts].join(', ')} }),
  ],
};
`;
};

export const specTemplate = (added: AddedReaction, data: readonly string[]): string => {
  const { thing, file, one, follows, event, isOwn, command } = added;
  const texts = command.fields.map((field) => `${field}: '${event} first'`);
  const said = isOwn ? data.map((name) => `${name}: '一号楼门口'`).join(', ') : '';
  return `
import { describe, it } from '@jest/globals';
import { intent } from '@weinao/events';
import { reaction } from '@weinao/testing';
import { ${one}Reaction } from './${file}.reaction.ts';
import { ${thing.one}Decider } from '../domain/${thing.file}.decider.ts';

describe('${one}', () => {
  it('asks for what follows from ${follows}', () => {
    reaction(${one}Reaction)
      .given({ type: '${follows}', data: { ${said} } }, { id: 'event-1', stream: 'thing/sunshine/first' })
      .then(intent(${thing.one}Decider, '${isOwn ? 'first' : 'event-1'}', { ${[`type: '${command.type}'`, ...texts].join(', ')} }));
  });
});
`;
};
