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

  it('founds two demo communities with different plugins, and 柳岸 knows no alerts', async () => {
    const running = (id: string) => ({ plugin: { id, status: 'RUNNING' } });
    const operator = await Person.operator(url, directory);
    const { data } = await operator.ask(
      '{ communities { nodes { id name plugins { plugin { id status } } } } }',
    );
    expect(data.communities.nodes).toEqual([
      {
        id: 'osmanthus-court',
        name: '桂花苑社区',
        plugins: ['alerts', 'devices', 'elderly-care', 'facilities', 'notices', 'residents', 'tickets'].map(
          running,
        ),
      },
      { id: 'willow-bank', name: '柳岸社区', plugins: ['notices', 'tickets'].map(running) },
    ]);
    const { lin } = await peopleOf(url, directory, 'willow-bank');
    expect(await lin.ask('{ community { name } me { id roles } }')).toMatchObject({
      data: { community: { name: '柳岸社区' }, me: { id: 'lin', roles: ['resident'] } },
    });
    for (const operation of ['{ alerts { totalCount } }', 'mutation { acknowledgeAlert(id: "x") { id } }'])
      expect(await lin.ask(operation)).toMatchObject({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
  });

  it('has people live in 桂花苑, of whom two in five are old', async () => {
    const wang = await Person.of(url, directory, 'osmanthus-court', 'wang', 'worker');
    const { data } = await wang.ask(
      '{ all: residents { totalCount } old: residents(filter: { minAge: 60 }) { totalCount } }',
    );
    expect(data).toEqual({ all: { totalCount: 20 }, old: { totalCount: 8 } });
  });

  it('has changed settings in force with the next request, and shows a form for them in two languages', async () => {
    const operator = await Person.operator(url, directory);
    const { lin, wang } = await peopleOf(url, directory, 'willow-bank');
    const tip =
      'mutation { openTicket(input: { kind: TIP, category: "noise", title: "半夜装修", anonymous: true }) { id } }';
    const { id } = (await lin.ask(tip)).data.openTicket;
    const configure = `mutation ($settings: JSON!) {
      configurePlugin(communityId: "willow-bank", pluginId: "tickets", settings: $settings) { id }
    }`;
    const who = async (): Promise<unknown> =>
      (await wang.ask('query ($id: ID!) { ticket(id: $id) { openedBy } }', { id })).data.ticket.openedBy;
    for (const [anonymousVisibleTo, seen] of [
      ['worker', 'lin'],
      ['admin', null],
      ['worker', 'lin'],
      ['admin', null],
    ]) {
      expect((await operator.ask(configure, { settings: { anonymousVisibleTo } })).errors).toBeUndefined();
      expect(await who()).toBe(seen);
    }
    expect((await operator.ask(configure, { settings: { anonymousVisibleTo: 'mayor' } })).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
    const { plugins } = (
      await operator.ask('{ plugins { id zh: settingsSchema en: settingsSchema(locale: "en") } }')
    ).data;
    const tickets = plugins.find((plugin: { id: string }) => plugin.id === 'tickets');
    expect([tickets.zh, tickets.en].map((form) => form.properties.anonymousVisibleTo)).toMatchObject([
      { title: '可查看匿名爆料人的角色', enum: expect.arrayContaining(['worker', 'admin']) },
      { title: 'Role that may learn who gave an anonymous tip', default: 'admin' },
    ]);
  });

  it('answers an unknown community with 404 as JSON', async () => {
    const { lin } = await peopleOf(url, directory, 'nowhere');
    expect(await lin.ask('{ me { id } }')).toMatchObject({ status: 404, codes: ['NOT_FOUND'] });
  });
});
