import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf, Person } from './person.ts';
import type { People } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import { describeTicketStory } from './ticket.story.ts';

const fixture = new ProcessFixture();
let directory: string;
let url: string;
let people: People;

beforeAll(async () => {
  directory = await fixture.directory();
  ({ url } = await fixture.standalone(directory));
  people = await peopleOf(url, directory);
});

afterAll(() => fixture.cleanUp());

describe('everything in one process', () => {
  describeTicketStory(() => people);

  it('founds two demo communities with different plugins, and 柳岸 knows no tickets', async () => {
    const operator = await Person.operator(url, directory);
    const { data } = await operator.ask(
      '{ communities { nodes { id name plugins { plugin { id status } } } } }',
    );
    expect(data.communities.nodes).toEqual([
      {
        id: 'osmanthus-court',
        name: '桂花苑社区',
        plugins: [{ plugin: { id: 'tickets', status: 'RUNNING' } }],
      },
      { id: 'willow-bank', name: '柳岸社区', plugins: [] },
    ]);
    const { lin } = await peopleOf(url, directory, 'willow-bank');
    expect(await lin.ask('{ community { name } me { id roles } }')).toMatchObject({
      data: { community: { name: '柳岸社区' }, me: { id: 'lin', roles: ['resident'] } },
    });
    for (const operation of ['{ tickets { totalCount } }', 'mutation { joinTicket(id: "x") { id } }'])
      expect(await lin.ask(operation)).toMatchObject({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
  });

  it('answers an unknown community with 404 as JSON', async () => {
    const { lin } = await peopleOf(url, directory, 'nowhere');
    expect(await lin.ask('{ me { id } }')).toMatchObject({ status: 404, codes: ['NOT_FOUND'] });
  });
});
