import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '@weinao/plugins';
import { Fit } from './fit.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])';

const plugin = (id: string, community: string, scope = 'community'): Announcement =>
  ({ manifest: { id, scope }, sdl: { community: `${LINK} ${community}` } }) as unknown as Announcement;

const communities = plugin('communities', 'type Query { me: ID } scalar DateTime', 'platform');
const tickets = plugin('tickets', 'type Query { ticket: Ticket } type Ticket @shareable { number: Int }');
const notices = plugin('notices', 'type Query { notice: Notice } type Notice { title: String }');
/** As it was announced before anybody looked. */
const clashing = plugin('visits', 'type Query { visit: Notice } enum Notice { SHORT }');

const problemOf = (
  candidate: Announcement,
  surroundings: Partial<Parameters<Fit['problemOf']>[1]> = {},
): Promise<string | undefined> =>
  new Fit().problemOf(candidate, { former: undefined, others: [communities], sets: [], ...surroundings });

describe('an announced schema', () => {
  it('fits where it composes with the platform’s, with all others, and in the sets of communities', async () => {
    const others = [communities, tickets];
    expect(await problemOf(notices, { others, sets: [[communities], others] })).toBeUndefined();
  });

  it('does not fit where a type of it is another plugin’s, which is named', async () => {
    const wishes = plugin('wishes', 'type Query { wish: Ticket } type Ticket { number: Boolean }');
    expect(await problemOf(wishes, { others: [communities, notices, tickets] })).toMatch(
      /^Its schema clashes with that of tickets: /,
    );
  });

  it('does not fit where it breaks the platform’s part', async () => {
    const wishes = plugin('wishes', 'type Query { wish: DateTime } enum DateTime { NOW }');
    expect(await problemOf(wishes)).toMatch(/^Its schema does not compose: /);
  });

  it('does not answer for a quarrel of others', async () => {
    const others = [communities, notices, clashing];
    expect(await problemOf(tickets, { others, sets: [others] })).toBeUndefined();
    expect(await problemOf(notices, { others: [communities, clashing] })).toMatch(
      /clashes with that of visits/,
    );
  });

  it('does not fit where only several others together cannot have it', async () => {
    const wishes = plugin('wishes', 'type Query { wish: Wish } type Wish { text: String }');
    const [first, second] = [
      plugin('first', 'type Query { a: Size } enum Size { S }'),
      plugin('second', 'type Query { b: Size } enum Size { S L }'),
    ];
    const input = plugin('wishes', 'type Query { wish(size: Size): ID } enum Size { S L }');
    expect(await problemOf(wishes, { others: [communities, first, second] })).toBeUndefined();
    expect(await problemOf(input, { others: [communities, first] })).toMatch(/clashes with that of first/);
  });
});
