import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { peopleOf, Person } from './person.ts';
import type { People } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import { emptyNatsServer, ServiceProcesses } from './service.processes.ts';
import { expectAllOnce } from './survival.expectation.ts';
import { TicketLoad } from './ticket.load.ts';
import { describeTicketStory } from './ticket.story.ts';

const FOUND = `mutation ($id: ID!, $name: String!) { foundCommunity(input: { id: $id, name: $name }) { id } }`;
const ENABLE = `mutation ($id: ID!) { enablePlugin(communityId: $id, pluginId: "tickets") { plugins { plugin { id } } } }`;

const fixture = new ProcessFixture();
const loads: TicketLoad[] = [];
let nats: NatsServer;
let laterNats: { stop(): Promise<void> } | undefined;
let database: TestDatabase;
let directory: string;
let services: ServiceProcesses;
let people: People;

beforeAll(async () => {
  [nats, database, directory] = await Promise.all([
    startNatsServer(),
    createTestDatabase(),
    fixture.directory(),
  ]);
  services = new ServiceProcesses(fixture, {
    NATS_URL: nats.url,
    DATABASE_URL: database.url,
    WEINAO_DATA: directory,
  });
});

afterAll(async () => {
  await fixture.cleanUp();
  for (const load of loads) await load.abandon();
  await laterNats?.stop();
  await nats.stop();
  await database.close();
});

async function found(id: string, name: string): Promise<People> {
  const operator = await Person.operator(services.url, directory);
  expect((await operator.ask(FOUND, { id, name })).codes).toEqual([]);
  expect((await operator.ask(ENABLE, { id })).codes).toEqual([]);
  return peopleOf(services.url, directory, id);
}

function loadOf(name: string, insist: boolean): TicketLoad {
  const load = new TicketLoad(people.lin, name, insist, 4);
  loads.push(load);
  return load;
}

describe('gateway, communities and tickets as separate processes', () => {
  it('come up in any order: the gateway first, the communities last', async () => {
    await services.startGateway();
    expect((await fetch(`${services.url}/health/ready`)).status).toBe(503);
    services.start('tickets', 'communities');
    await services.untilReady();
    people = await found('osmanthus-court', '桂花苑');
  });

  describeTicketStory(() => people);

  it('keep answering for the rest while tickets is killed, and have all tickets when it is back', async () => {
    people = await found('maple-lane', '枫林里');
    const load = loadOf('killed', true);
    await load.more(30);
    await services.service('tickets').kill('SIGKILL');
    const { data, codes, errors } = await people.wang.ask('{ me { id } ticket(id: "any") { id } }');
    expect({ data, codes }).toEqual({
      data: { me: { id: 'wang' }, ticket: null },
      codes: ['PLUGIN_UNAVAILABLE'],
    });
    expect(errors![0]).toMatchObject({ path: ['ticket'], extensions: { plugin: 'tickets' } });
    const operator = await Person.operator(services.url, directory);
    expect((await operator.ask('{ plugins { id status } }')).data.plugins).toContainEqual({
      id: 'tickets',
      status: 'UNAVAILABLE',
    });
    services.start('tickets');
    await services.service('tickets').until(/tickets is ready/);
    await load.more(30);
    await load.stop();
    expect(new Set(load.refusals)).toEqual(new Set(['PLUGIN_UNAVAILABLE']));
    await expectAllOnce(people.lin, load);
  });

  it('have all tickets when the gateway was killed', async () => {
    people = await found('willow-bank', '柳岸');
    const load = loadOf('shut', false);
    await load.more(30);
    await services.gateway.kill('SIGKILL');
    await load.stop();
    await services.startGateway();
    await services.untilReady();
    people = await peopleOf(services.url, directory, 'willow-bank');
    await expectAllOnce(people.lin, load);
  });

  it('lose nothing with the nats-server and all that it had stored', async () => {
    people = await found('plum-garden', '梅园');
    const load = loadOf('unheard', true);
    await load.more(30);
    process.kill(nats.pid, 'SIGKILL');
    laterNats = await emptyNatsServer(new URL(nats.url).port, await fixture.directory());
    await load.more(30);
    await load.stop();
    expect(load.refusals.filter((codes) => codes !== 'PLUGIN_UNAVAILABLE')).toEqual([]);
    await expectAllOnce(people.lin, load);
    const { lin } = await found('bamboo-gate', '竹门');
    expect((await lin.ask('{ tickets { totalCount } }')).data).toEqual({ tickets: { totalCount: 0 } });
  });

  it('end in order at SIGTERM', async () => {
    expect(await Promise.all(services.all.map((one) => one.kill('SIGTERM')))).toEqual([0, 0, 0]);
  });
});

describe('a service without what it needs', () => {
  it.each([
    ['DATABASE_URL', { NATS_URL: 'nats://127.0.0.1:4222' }],
    ['NATS_URL', { DATABASE_URL: 'postgresql://weinao@127.0.0.1/weinao' }],
  ])('says in one sentence that %s is not set', async (variable, environment) => {
    const started = fixture.start('apps/services/tickets/main.ts', environment);
    expect(await started.ended).toBe(1);
    expect(started.errors).toMatch(new RegExp(`^${variable} is not set; .*\\n$`));
  });
});
