import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '@weinao/plugins';
import { FeedListener } from '@weinao/testing';
import { GatewayFixture } from './gateway.fixture.ts';
import { MadeUpLog } from './made-up.log.ts';
import type { MadeUpSubgraph, SubgraphDescription } from './made-up.subgraph.ts';
import { communities, residents } from './neighbourhood.ts';

const incidents: SubgraphDescription = {
  plugin: 'incidents',
  sdl: {
    community: `
      type Query { incident(id: ID!): Incident incidents: [Incident!]! }
      type Subscription { incidentChanged(id: ID): Incident! }
      type Incident { id: ID! title(long: Boolean): String! who: Resident! }
      type Resident @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  live: [
    {
      field: 'incidentChanged',
      follows: ['IncidentRaised', 'IncidentEnded'],
      query: 'incident',
      argument: 'id',
      id: ':stream.:ordinal',
    },
  ],
  resolvers: {
    incident: ({ id }) =>
      id === 'hidden.1'
        ? null
        : { id, title: ({ long }: { long?: boolean }) => (long ? '烟感报警' : '烟'), who: { id: 'chen' } },
  },
};

/** Where nobody is without a name: a resident who cannot be told takes the incident along. */
const named: SubgraphDescription = {
  ...residents,
  sdl: { community: residents.sdl.community!.replace('name: String', 'name: String!') },
};

let fixture: GatewayFixture;
let neighbour: MadeUpSubgraph;
let service: MadeUpSubgraph;
let log: MadeUpLog;
const listeners: FeedListener[] = [];

beforeEach(async () => {
  fixture = new GatewayFixture({ heartbeatMs: 20, presenceMs: 20 });
  const started = await fixture.startWith(communities, incidents, named);
  [service, neighbour] = [started[1]!, started[2]!];
  log = new MadeUpLog(fixture.bus, 'incidents');
  fixture.feed.found('osmanthus-court', ['incidents', 'residents']);
  fixture.feed.found('willow-bank', ['incidents']);
});

afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.close();
  await fixture.stop();
});

const happen = (place: string, type = 'IncidentRaised', community = 'osmanthus-court'): void =>
  log.write({ type, data: { ordinal: 1 }, stream: `place/${community}/${place}` }, { community });

interface Asking {
  readonly role?: Role;
  readonly community?: string;
  readonly variables?: object;
  readonly lifetime?: string;
}

async function subscribe(query: string, asking: Asking = {}): Promise<FeedListener> {
  const { role = 'worker', community = 'osmanthus-court', variables, lifetime = '1h' } = asking;
  const token = await fixture.issuer.issue({
    subject: 'wang',
    roles: [role],
    communityId: community,
    lifetime,
  });
  const url = `${fixture.gateway.url}/communities/${community}/graphql`;
  const listener = await FeedListener.connect(url, { token, body: { query, variables } });
  listeners.push(listener);
  return listener;
}

const ALL = 'subscription { incidentChanged { id title } }';
const changed = (id: string, title = '烟') => ({ data: { incidentChanged: { id, title } } });

describe('who subscribes', () => {
  it('is told of each thing that changes, as the plugin answers by then', async () => {
    const one = await subscribe(ALL);
    expect(one.contentType).toBe('text/event-stream; charset=utf-8');
    happen('east');
    happen('west', 'IncidentEnded');
    happen('east', 'IncidentSeen');
    happen('east', 'IncidentRaised', 'willow-bank');
    happen('south');
    expect(await one.until(3)).toEqual([changed('east.1'), changed('west.1'), changed('south.1')]);
    expect(one.messages.items[0]!.event).toBe('next');
    expect(service.requests.map(({ position }) => position)).toEqual(['1', '2', '5']);
  });

  it('may want one thing only, by name or by a variable', async () => {
    const named = await subscribe('subscription { incidentChanged(id: "west.1") { id title } }');
    const query = 'subscription One($id: ID) { incidentChanged(id: $id) { id title } }';
    const varied = await subscribe(query, { variables: { id: 'east.1' } });
    const all = await subscribe(query, { variables: { id: null } });
    for (const place of ['south', 'west', 'east']) happen(place);
    expect(await all.until(3)).toHaveLength(3);
    expect([await named.until(1), await varied.until(1)]).toEqual([[changed('west.1')], [changed('east.1')]]);
  });

  it('gets it under any name, with fragments, variables and the fields of other plugins', async () => {
    const query = `
      subscription Watch($long: Boolean = false) { it: incidentChanged { ...whole } }
      query Other { incidents { id } }
      fragment whole on Incident { title(long: $long) who { id name } }`;
    const token = await fixture.token('worker', 'osmanthus-court');
    const url = `${fixture.gateway.url}/communities/osmanthus-court/graphql`;
    const body = { query, operationName: 'Watch', variables: { long: true } };
    const listener = await FeedListener.connect(url, { token, body });
    listeners.push(listener);
    happen('east');
    const who = { id: 'chen', name: '陈奶奶' };
    expect(await listener.until(1)).toEqual([{ data: { it: { title: '烟感报警', who } } }]);
  });

  it('is asked about once, however often the same person asks the same', async () => {
    const [first, second] = [await subscribe(ALL), await subscribe(ALL)];
    const other = await subscribe('subscription { incidentChanged { title } }');
    happen('east');
    for (const one of [first, second, other]) await one.until(1);
    expect(service.requests).toHaveLength(2);
  });

  it('is not told of what the plugin says is not theirs to see', async () => {
    const one = await subscribe(ALL);
    happen('hidden');
    happen('east');
    expect((await one.until(1))[0]).toEqual(changed('east.1'));
  });

  it('is told later, once, where the plugin could not answer', async () => {
    const one = await subscribe(ALL);
    await service.stop();
    happen('east');
    await one.heartbeats.until(5);
    expect(one.told()).toEqual([]);
    service.start();
    happen('west');
    expect(await one.until(2)).toEqual([changed('east.1'), changed('west.1')]);
  });
});

describe('a neighbour that is away', () => {
  it('is told of as it is, and nobody waits for it', async () => {
    const query = 'subscription { incidentChanged { title who { name } } }';
    const [here, there] = [await subscribe(query), await subscribe(ALL, { community: 'willow-bank' })];
    await neighbour.stop();
    happen('east');
    happen('west', 'IncidentRaised', 'willow-bank');
    expect(await there.until(1)).toEqual([changed('west.1')]);
    expect(await here.until(1)).toMatchObject([
      { data: { incidentChanged: null }, errors: [{ extensions: { code: 'PLUGIN_UNAVAILABLE' } }] },
    ]);
    neighbour.start();
    happen('east');
    expect((await here.until(2))[1]).toEqual({
      data: { incidentChanged: { title: '烟', who: { name: '陈奶奶' } } },
    });
  });

  it('whose schema does not fit any more is left out, and the subscriptions go on', async () => {
    const here = await subscribe(ALL);
    fixture.announce({
      plugin: 'clashing',
      sdl: { community: 'type Query { clash: Incident } type Incident { id: Int! shoes: Int! }' },
    });
    fixture.feed.enable('osmanthus-court', 'clashing');
    while (!fixture.reports.join().includes('There is no schema')) await new Promise(setImmediate);
    happen('east');
    expect(await here.until(1)).toEqual([changed('east.1')]);
  });
});

describe('a subscription ends', () => {
  const ending = async (listener: FeedListener): Promise<string[]> => {
    await listener.ended;
    return listener.messages.items.map(({ event }) => event);
  };

  it('with a word where the plugin is turned off, and where the gateway stops', async () => {
    const [here, there] = [await subscribe(ALL), await subscribe(ALL, { community: 'willow-bank' })];
    fixture.feed.disable('osmanthus-court', 'incidents');
    expect(await ending(here)).toEqual(['complete']);
    await fixture.gateway.stop();
    expect(await ending(there)).toEqual(['complete']);
  });

  it('with the token', async () => {
    const one = await subscribe(ALL, { lifetime: '2s' });
    await one.ended;
    expect(one.told()).toEqual([]);
  });

  it('with the last who listens, and begins anew with the next', async () => {
    const one = await subscribe(ALL);
    one.close();
    await one.ended;
    happen('east');
    const next = await subscribe(ALL);
    happen('west');
    expect(await next.until(1)).toEqual([changed('west.1')]);
  });
});

describe('what is no subscription', () => {
  const refusal = (query: string, asking: Asking = {}): Promise<string> =>
    subscribe(query, asking).then(
      () => 'it was not refused',
      (error: Error) => error.message,
    );

  it.each([
    ['unknown fields', 'subscription { incidentChanged { shoes } }', '400', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two fields',
      'subscription { incidentChanged { id } b: incidentChanged { id } }',
      '400',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a field in a fragment',
      'subscription { ... { incidentChanged { id } } }',
      '400',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable that is missing',
      'subscription ($id: ID!) { incidentChanged(id: $id) { id } }',
      '400',
      'BAD_USER_INPUT',
    ],
  ])('is refused before it begins: %s', async (_case, query, status, code) => {
    const message = await refusal(query);
    expect(message.slice(0, 3)).toBe(status);
    expect(message).toContain(`"code":"${code}"`);
  });

  it('is refused to who has not the permission, by the plugin’s manifest', async () => {
    expect(await refusal(ALL, { role: 'resident' })).toMatch(/^403 .*FORBIDDEN/);
  });

  it('is refused where the plugin does not answer, and open as soon as it does', async () => {
    fixture.feed.found('new', ['incidents']);
    const silent = {
      ...incidents,
      plugin: 'sirens',
      live: incidents.live!.map((one) => ({ ...one, field: 'sirenChanged' })),
      sdl: {
        community:
          'type Query { siren: Siren } type Siren { id: ID! } type Subscription { sirenChanged(id: ID): Siren! }',
      },
    };
    fixture.announce(silent);
    fixture.feed.enable('new', 'sirens');
    const query = 'subscription { sirenChanged { id } }';
    expect(await refusal(query, { community: 'new' })).toMatch(/^503 .*PLUGIN_UNAVAILABLE/);
    new MadeUpLog(fixture.bus, 'sirens');
    await subscribe(query, { community: 'new' });
  });

  it('is refused to who does not listen', async () => {
    const { status, json } = await fixture.ask('osmanthus-court', ALL);
    expect([status, json.errors[0].extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('is answered as ever to who would listen', async () => {
    const listening = await fixture.post(
      '/communities/osmanthus-court/graphql',
      JSON.stringify({ query: '{ me { id } }' }),
      {
        accept: 'text/event-stream',
        authorization: `Bearer ${await fixture.token('worker', 'osmanthus-court')}`,
      },
    );
    expect(listening.status).toBe(200);
    expect(listening.text).toContain('wang');
  });
});
