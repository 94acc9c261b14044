import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery } from 'graphql';
import { GatewayFixture } from './gateway.fixture.ts';
import type { MadeUpSubgraph } from './made-up.subgraph.ts';
import { alerts, communities, residents, watches } from './neighbourhood.ts';

const QUIET = 'query Quiet($id: ID!) { watch(residentId: $id) { status resident { id name } } }';
const chen = { variables: { id: 'chen' } };

let fixture: GatewayFixture;
let services: Record<'communities' | 'watches' | 'residents' | 'alerts', MadeUpSubgraph>;

beforeEach(async () => {
  fixture = new GatewayFixture();
  const [first, second, third, fourth] = await fixture.startWith(communities, watches, residents, alerts);
  services = { communities: first!, watches: second!, residents: third!, alerts: fourth! };
  fixture.feed.found('osmanthus-court', ['watches', 'residents']);
  fixture.feed.found('willow-bank', ['watches', 'alerts']);
});

afterEach(() => fixture.stop());

const asked = (): number => Object.values(services).reduce((sum, { requests }) => sum + requests.length, 0);

describe('what a community has enabled is what its schema holds', () => {
  it('shows two communities two schemas', async () => {
    const names = async (community: string): Promise<string[]> => {
      const { json } = await fixture.ask(community, '{ __type(name: "Query") { fields { name } } }');
      return json.data.__type.fields.map(({ name }: { name: string }) => name).sort();
    };
    expect(await names('osmanthus-court')).toEqual(['community', 'me', 'resident', 'watch']);
    expect(await names('willow-bank')).toEqual(['alerts', 'community', 'me', 'watch']);
  });

  it('calls a field of a disabled plugin a mistake in the query, without asking any service', async () => {
    const { status, json } = await fixture.ask('osmanthus-court', '{ alerts { id } me { id } }');
    expect(status).toBe(400);
    expect(json.errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('Cannot query field "alerts"'),
        extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }),
      }),
    ]);
    expect(json.errors[0].message).not.toContain('stack');
    expect(asked()).toBe(0);
  });

  it('has no trace of a disabled plugin in introspection, nor in the SDL', async () => {
    const { json } = await fixture.ask('osmanthus-court', getIntrospectionQuery());
    const types = json.data.__schema.types.map(({ name }: { name: string }) => name);
    expect(types).toEqual(expect.arrayContaining(['Watch', 'Resident', 'Viewer']));
    expect(types).not.toContain('Alert');
    expect(types.filter((name: string) => /^_(Any|Entity|Service)|^join__/.test(name))).toEqual([]);
    const sdl = await fixture.send('/communities/osmanthus-court/schema.graphql');
    expect(sdl).toMatchObject({ status: 200, contentType: 'application/graphql; charset=utf-8' });
    expect(Object.keys(buildSchema(sdl.text).getTypeMap())).toContain('Watch');
    expect(sdl.text).not.toMatch(/Alert|@key|join__/);
  });

  it('answers introspection by itself, whatever it is written with', async () => {
    await fixture.ask('osmanthus-court', getIntrospectionQuery());
    await fixture.ask(
      'osmanthus-court',
      '{ ...Types } fragment Types on Query { __schema { types { name } } }',
    );
    await fixture.ask('osmanthus-court', '{ ... { __type(name: "Query") { name } } __typename }');
    expect(asked()).toBe(0);
  });

  it('shows the whole schema also where introspection comes with a field of one plugin', async () => {
    const query = '{ me { id } __type(name: "Query") { fields { name } } __schema { types { name } } }';
    const { json } = await fixture.ask('osmanthus-court', query);
    expect(json.data.me).toEqual({ id: 'wang' });
    const { json: alone } = await fixture.ask('osmanthus-court', '{ __schema { types { name } } }');
    const typeNames = (answer: { __schema: { types: { name: string }[] } }): string[] =>
      answer.__schema.types.map(({ name }) => name).sort();
    expect(typeNames(json.data)).toEqual(typeNames(alone.data));
    const names = json.data.__type.fields.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['community', 'me', 'resident', 'watch']);
  });

  it('takes the operation that is named, where a document holds introspection too', async () => {
    const query = 'query Types { __schema { types { name } } } query Me { me { id } }';
    const { json } = await fixture.ask('osmanthus-court', query, { operationName: 'Me' });
    expect(json).toEqual({ data: { me: { id: 'wang' } } });
  });
});

describe('a plugin that refers to residents composes whether they are there or not', () => {
  it('gives the resident’s name where residents is on', async () => {
    const { json } = await fixture.ask('osmanthus-court', QUIET, chen);
    expect(json).toEqual({
      data: { watch: { status: 'WATCHING', resident: { id: 'chen', name: '陈奶奶' } } },
    });
  });

  it('still gives the key where residents is off, and the name does not exist', async () => {
    const key = '{ watch(residentId: "chen") { status resident { id } } }';
    const { json } = await fixture.ask('willow-bank', key);
    expect(json).toEqual({ data: { watch: { status: 'WATCHING', resident: { id: 'chen' } } } });
    const { json: mistake } = await fixture.ask('willow-bank', QUIET, chen);
    expect(mistake.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(services.residents.requests).toEqual([]);
  });

  it('answers the rest, with null and a code, while residents is down', async () => {
    await services.residents.stop();
    const { status, json } = await fixture.ask('osmanthus-court', QUIET, chen);
    expect(status).toBe(200);
    expect(json.data).toEqual({ watch: { status: 'WATCHING', resident: { id: 'chen', name: null } } });
    expect(json.errors).toEqual([
      expect.objectContaining({
        path: ['watch', 'resident', 'name'],
        extensions: expect.objectContaining({ code: 'PLUGIN_UNAVAILABLE', plugin: 'residents' }),
      }),
    ]);
    services.residents.start();
    expect((await fixture.ask('osmanthus-court', QUIET, chen)).json.errors).toBeUndefined();
  });

  it('answers the other plugins’ fields of a request while one of them is down', async () => {
    await services.watches.stop();
    const { json } = await fixture.ask('willow-bank', '{ me { id } watch(residentId: "chen") { status } }');
    expect(json.data).toEqual({ me: { id: 'wang' }, watch: null });
    expect(json.errors[0]).toMatchObject({ path: ['watch'], extensions: { code: 'PLUGIN_UNAVAILABLE' } });
  });
});

describe('enabling and disabling', () => {
  it('is in force for the very next request, though the bus lost the word of it', async () => {
    const administration = {
      ...communities,
      sdl: {
        ...communities.sdl,
        platform: 'type Query { plugins: [String!]! } type Mutation { on: Boolean! off: Boolean! }',
      },
      position: () => fixture.feed.position,
      resolvers: {
        ...communities.resolvers,
        on: () => change('PluginEnabled'),
        off: () => change('PluginDisabled'),
      },
    };
    const change = (type: 'PluginEnabled' | 'PluginDisabled'): boolean => {
      const data = { pluginId: 'alerts', settings: {} };
      return Boolean(fixture.feed.appendUnheard('osmanthus-court', { type, data }));
    };
    await services.communities.stop();
    fixture.announce(administration);
    const operator = { authorization: `Bearer ${await fixture.token('operator', null)}` };
    const turn = (field: string): Promise<unknown> =>
      fixture.post('/graphql', JSON.stringify({ query: `mutation { ${field} }` }), operator);
    for (let round = 0; round < 3; round++) {
      expect(await turn('on')).toMatchObject({ json: { data: { on: true } } });
      expect((await fixture.ask('osmanthus-court', '{ alerts { id } }')).json.data).toEqual({
        alerts: [{ id: 'a-1' }],
      });
      expect(await turn('off')).toMatchObject({ json: { data: { off: true } } });
      expect((await fixture.ask('osmanthus-court', '{ alerts { id } }')).status).toBe(400);
    }
  });
});
