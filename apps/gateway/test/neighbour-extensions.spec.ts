import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayFixture } from './gateway.fixture.ts';
import type { MadeUpSubgraph, SubgraphDescription } from './made-up.subgraph.ts';
import { communities } from './neighbourhood.ts';

interface Place {
  readonly building: string | null;
}

const incidents: SubgraphDescription = {
  plugin: 'incidents',
  sdl: {
    community: `
      type Query { incidents: [Incident!]! }
      type Mutation { raiseIncident(building: String): Incident! }
      type Incident @key(fields: "id") { id: ID! title: String! place: Place }
      type Place @shareable { building: String }`,
  },
  entities: ['Incident'],
  resolvers: {
    incidents: () =>
      ['3号楼', '5号楼'].map((building) => ({ id: building, title: '烟', place: { building } })),
    raiseIncident: ({ building }) => ({ id: 'new', title: '烟', place: building ? { building } : null }),
  },
};

interface Representation {
  readonly id: string;
  readonly place?: Place | null;
}

/** Says more of an incident than the incident's own plugin knows. */
const hydrants: SubgraphDescription = {
  plugin: 'hydrants',
  sdl: {
    community: `
      type Query { hydrant(id: ID!): Hydrant }
      type Hydrant { id: ID! }
      type Incident @key(fields: "id") {
        id: ID!
        place: Place @external
        nearestHydrants(first: Int = 3): [HydrantDistance!]! @requires(fields: "place { building }")
      }
      type HydrantDistance { hydrant: Hydrant! metres: Float! }
      type Place @shareable { building: String }`,
  },
  entities: ['Incident'],
  resolvers: {
    hydrant: ({ id }) => ({ id }),
    _entities: ({ representations }) =>
      (representations as Representation[]).map(({ id, place }) => ({
        __typename: 'Incident',
        id,
        nearestHydrants: ({ first }: { first: number }) =>
          [1, 2, 3]
            .slice(0, first)
            .map((n) => ({ hydrant: { id: `${place?.building}-${n}` }, metres: n * 10 })),
      })),
  },
};

let fixture: GatewayFixture;
let services: Record<'incidents' | 'hydrants', MadeUpSubgraph>;

beforeEach(async () => {
  fixture = new GatewayFixture();
  const [, first, second] = await fixture.startWith(communities, incidents, hydrants);
  services = { incidents: first!, hydrants: second! };
  fixture.feed.found('both', ['incidents', 'hydrants']);
  fixture.feed.found('incidents-alone', ['incidents']);
  fixture.feed.found('hydrants-alone', ['hydrants']);
});

afterEach(() => fixture.stop());

const typesIn = async (community: string): Promise<string[]> => {
  const { json } = await fixture.ask(community, '{ __schema { types { name } } }');
  return json.data.__schema.types.map(({ name }: { name: string }) => name);
};

describe('a field that one plugin adds to the type of another', () => {
  it('is answered where both are on, for a whole list with one request to each', async () => {
    const query = '{ incidents { title two: nearestHydrants(first: 2) { metres hydrant { id } } } }';
    const { json } = await fixture.ask('both', query);
    const near = (building: string) =>
      [1, 2].map((n) => ({ metres: n * 10, hydrant: { id: `${building}-${n}` } }));
    expect(json).toEqual({
      data: {
        incidents: [
          { title: '烟', two: near('3号楼') },
          { title: '烟', two: near('5号楼') },
        ],
      },
    });
    expect([services.incidents.requests.length, services.hydrants.requests.length]).toEqual([1, 1]);
  });

  it('is answered behind a mutation, with its default, and from what it needs of the other plugin', async () => {
    const mutation = (args: string): string =>
      `mutation { raiseIncident${args} { id nearestHydrants { hydrant { id } } } }`;
    const { json } = await fixture.ask('both', mutation('(building: "7号楼")'));
    expect(json.data.raiseIncident.nearestHydrants).toEqual(
      [1, 2, 3].map((n) => ({ hydrant: { id: `7号楼-${n}` } })),
    );
    expect((await fixture.ask('both', mutation(''))).json.errors).toBeUndefined();
  });

  it('costs nothing where nobody asks for it', async () => {
    await fixture.ask('both', '{ incidents { id title } }');
    expect(services.hydrants.requests).toEqual([]);
    expect(services.incidents.requests).toMatchObject([{ query: '{ incidents { id title } }' }]);
  });

  it('is not there where the plugin that adds it is off', async () => {
    const { json } = await fixture.ask('incidents-alone', '{ incidents { nearestHydrants { metres } } }');
    expect(json.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await fixture.ask('incidents-alone', '{ incidents { id } }')).json.data.incidents).toHaveLength(
      2,
    );
  });

  it('leaves no trace where the other plugin is off, nor of the types that it alone led to', async () => {
    expect((await fixture.ask('hydrants-alone', '{ hydrant(id: "h-1") { id } }')).json.data).toEqual({
      hydrant: { id: 'h-1' },
    });
    const types = await typesIn('hydrants-alone');
    expect(types).toContain('Hydrant');
    for (const gone of ['Incident', 'HydrantDistance', 'Place']) expect(types).not.toContain(gone);
    expect(await typesIn('both')).toEqual(expect.arrayContaining(['Incident', 'HydrantDistance', 'Place']));
    const sdl = await fixture.send('/communities/hydrants-alone/schema.graphql');
    expect(sdl.text).not.toMatch(/Incident|HydrantDistance/);
  });

  it('is null with a code while the plugin that adds it is down, and the rest is answered', async () => {
    await services.hydrants.stop();
    const { json } = await fixture.ask('both', '{ incidents { id nearestHydrants { metres } } }');
    expect(json.errors[0].extensions).toMatchObject({ code: 'PLUGIN_UNAVAILABLE', plugin: 'hydrants' });
  });
});
