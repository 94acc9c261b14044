import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryFeed } from './directory.feed.ts';
import { GatewayFixture } from './gateway.fixture.ts';
import type { MadeUpSubgraph, SubgraphDescription } from './made-up.subgraph.ts';
import { alerts, communities, residents, watches } from './neighbourhood.ts';

/** So many types take a second to compose. */
const archive: SubgraphDescription = {
  plugin: 'archive',
  sdl: {
    community: `type Query { records: Record0 } ${Array.from({ length: 1_500 }, (_, one) => {
      return `type Record${one} { id: ID! title: String! next: Record${(one + 1) % 1_500} }`;
    }).join('\n')}`,
  },
  resolvers: { records: () => ({ id: 'r-1' }) },
};

/** Does not fit beside alerts. */
const clashing: SubgraphDescription = {
  plugin: 'clashing',
  sdl: { community: 'type Query { clash: Alert } type Alert { id: Int! shoes: Int! }' },
};

let fixture: GatewayFixture;
let services: MadeUpSubgraph[];

beforeEach(async () => {
  fixture = new GatewayFixture();
  services = await fixture.startWith(communities, watches, residents, alerts);
  fixture.feed.found('osmanthus-court', ['watches', 'residents']);
  fixture.feed.found('willow-bank', ['alerts']);
});

afterEach(() => fixture.stop());

const reported = async (text: string): Promise<void> => {
  while (!fixture.reports.join().includes(text)) await new Promise(setImmediate);
};

describe('while a schema is composed', () => {
  it('nobody waits but who needs it, and who enabled something sees it in the next request', async () => {
    await fixture.ask('osmanthus-court', '{ me { id } }');
    fixture.announce(archive);
    await fixture.ask('osmanthus-court', '{ me { id } }');
    fixture.feed.enable('willow-bank', 'archive');
    let composed = false;
    const waiting = fixture.ask('willow-bank', '{ records { id } }').finally(() => (composed = true));
    for (let time = 0; time < 3; time++) {
      const { json } = await fixture.ask('osmanthus-court', '{ watch(residentId: "chen") { status } }');
      expect(json).toEqual({ data: { watch: { status: 'WATCHING' } } });
    }
    expect(composed).toBe(false);
    expect((await waiting).json).toEqual({ data: { records: { id: 'r-1' } } });
  });

  it('a request that is under way ends on the schema that it began with', async () => {
    const late = Promise.withResolvers<unknown>();
    const asked = Promise.withResolvers<void>();
    await services[3]!.stop();
    fixture.announce({
      ...alerts,
      resolvers: {
        alerts: () => {
          asked.resolve();
          return late.promise;
        },
      },
    });
    const slow = fixture.ask('willow-bank', '{ me { id } alerts { id } }');
    await asked.promise;
    fixture.feed.disable('willow-bank', 'alerts');
    expect((await fixture.ask('willow-bank', '{ alerts { id } }')).status).toBe(400);
    late.resolve([{ id: 'a-1' }]);
    expect((await slow).json).toEqual({ data: { me: { id: 'wang' }, alerts: [{ id: 'a-1' }] } });
  });
});

describe('plugins that do not fit together', () => {
  it('leave the last good schema in force, and the operator is told the reason once', async () => {
    await fixture.ask('willow-bank', '{ alerts { id } }');
    fixture.announce(clashing);
    fixture.feed.enable('willow-bank', 'clashing');
    await reported('There is no schema of communities, alerts, clashing');
    for (let time = 0; time < 3; time++) {
      expect((await fixture.ask('willow-bank', '{ alerts { id } }')).json.data.alerts).toHaveLength(1);
    }
    expect((await fixture.ask('willow-bank', '{ clash { id } }')).status).toBe(400);
    expect(fixture.reports.filter((text) => text.includes('There is no schema'))).toHaveLength(1);
    expect(fixture.causes.join()).toContain('"Alert.id" is incompatible');
    fixture.feed.disable('willow-bank', 'clashing');
    fixture.feed.enable('willow-bank', 'watches');
    expect((await fixture.ask('willow-bank', '{ watch(residentId: "chen") { status } }')).status).toBe(200);
  });

  it('keep what was composed before anybody had asked', async () => {
    fixture.feed.found('maple-street', ['alerts']);
    await fixture.ask('willow-bank', '{ me { id } }'); // the same set
    fixture.announce(clashing);
    fixture.feed.enable('maple-street', 'clashing');
    await reported('There is no schema of communities, alerts, clashing');
    expect((await fixture.ask('maple-street', '{ alerts { id } }')).json.data.alerts).toHaveLength(1);
  });

  it('are a refusal with a code where there was no schema before, and nobody else notices', async () => {
    await fixture.stop();
    fixture = new GatewayFixture();
    fixture.feed = new DirectoryFeed(fixture.bus);
    for (const one of [communities, alerts, clashing]) fixture.announce(one);
    fixture.feed.found('maple-street', ['alerts', 'clashing']);
    fixture.feed.found('willow-bank', ['alerts']);
    await fixture.start();
    while (!(await fixture.gateway.isReady())) await new Promise(setImmediate);
    const authorization = `Bearer ${await fixture.token('worker', 'maple-street')}`;
    const sdl = await fixture.send('/communities/maple-street/schema.graphql', {
      headers: { authorization },
    });
    for (const answer of [await fixture.ask('maple-street', '{ me { id } }'), sdl]) {
      expect(answer.status).toBe(503);
      expect(answer.json.errors).toHaveLength(1);
      expect(answer.json.errors[0].extensions).toEqual({ code: 'COMPOSITION_FAILED' });
      expect(answer.text).not.toContain('Alert');
    }
    expect((await fixture.ask('willow-bank', '{ alerts { id } }')).status).toBe(200);
  });
});
