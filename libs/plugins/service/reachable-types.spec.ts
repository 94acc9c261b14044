import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { DefinitionNode } from 'graphql';
import { withReachableTypes } from './reachable-types.ts';

const document = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { tickets(filter: TicketFilter): [Ticket!]! }
  type Mutation { openTicket(place: Place): Ticket }
  type Ticket implements Numbered { number: Int! status: Status openedAt: DateTime any: Anything }
  interface Numbered { number: Int! by: Person }
  type Person { id: ID! }
  enum Status { OPEN }
  scalar DateTime
  input TicketFilter { status: Status place: Place }
  input Place { unit: String }
  union Anything = Tree | Bench
  type Tree { next: Bench }
  type Bench { next: Tree }
  type Resident @key(fields: "id") { id: ID! home: Home }
  type Home { unit: String }
  type Notice { text: String at: DateTime }
  type Screen { notice: Notice }
  input NoticeInput { text: String }
  enum NoticeKind { URGENT }
  union Shown = Notice | Screen
`);

const namesOf = (kept: readonly string[]): string[] =>
  withReachableTypes(document, kept)
    .definitions.flatMap((node: DefinitionNode) => ('name' in node && node.name ? [node.name.value] : []))
    .sort();

const own = [
  ...['Query', 'Mutation', 'Ticket', 'Numbered', 'Person', 'Status', 'DateTime', 'TicketFilter', 'Place'],
  ...['Anything', 'Tree', 'Bench', 'Resident', 'Home'],
].sort();

describe('the types that a plugin serves', () => {
  it('are those that its operations lead to, and its entities with what they lead to', () => {
    expect(namesOf([])).toEqual(own);
  });

  it('are also those that it names, with what they lead to', () => {
    expect(namesOf(['Screen'])).toEqual([...own, 'Notice', 'Screen'].sort());
    expect(namesOf(['NoSuchType'])).toEqual(own);
  });

  it('leave what is no type as it was', () => {
    expect(withReachableTypes(document, []).definitions[0]).toBe(document.definitions[0]);
  });
});
