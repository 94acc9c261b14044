import type { PluginNames } from '../names/plugin-names.ts';

export const eventsTemplate = ({ thing, command, field }: PluginNames): string => `
/** Of one ${thing.spoken}, whose id names the stream. */
export type ${thing.type}Event =
  | { readonly type: '${command.event}'; readonly data: { readonly ${field}: string }; readonly at?: string };
`;

export const deciderTemplate = ({ thing, command, field }: PluginNames): string => `
import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { ${thing.type}Event } from './${thing.file}.events.ts';

export type ${thing.type}Command =
  | { readonly type: '${command.type}'; readonly ${field}: string };

export interface ${thing.type}State {
  readonly ${command.happened}: boolean;
}

export const ${thing.one}Decider: Decider<${thing.type}State, ${thing.type}Command, ${thing.type}Event> = {
  category: '${thing.file}',
  initial: { ${command.happened}: false },

  decide(command, state) {
    switch (command.type) {
      case '${command.type}':
        if (state.${command.happened}) reject('CONFLICT', 'There is ${thing.article} with this id already.');
        return [{ type: '${command.event}', data: { ${field}: command.${field} } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case '${command.event}':
        return { ...state, ${command.happened}: true };
      default:
        return state;
    }
  },
};
`;

export const deciderSpecTemplate = ({ thing, command, field }: PluginNames): string => `
import { describe, it } from '@jest/globals';
import { decider } from '@weinao/testing';
import { ${thing.one}Decider } from './${thing.file}.decider.ts';

const { given } = decider(${thing.one}Decider);

const ${command.happened} = { type: '${command.event}', data: { ${field}: '一号楼门口' } } as const;

describe('${command.mutation}', () => {
  const command = { type: '${command.type}', ${field}: '一号楼门口' } as const;

  it('says what was asked for, once', () => {
    given().when(command).then(${command.happened});
    given(${command.happened}).when(command).thenRejects('CONFLICT');
  });
});
`;
