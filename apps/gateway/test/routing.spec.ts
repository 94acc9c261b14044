import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayFixture } from './gateway.fixture.ts';
import type { MadeUpSubgraph } from './made-up.subgraph.ts';
import { alerts, communities, residents, watches } from './neighbourhood.ts';

const RAISE = 'mutation Raise($title: String!) {\n  raiseAlert(title: $title) { id,  title }  # 桂花苑\n}';

let fixture: GatewayFixture;
let community: MadeUpSubgraph;
let watch: MadeUpSubgraph;
let alert: MadeUpSubgraph;

beforeEach(async () => {
  fixture = new GatewayFixture();
  [community, watch, alert] = (await fixture.startWith(communities, watches, alerts, residents)) as [
    MadeUpSubgraph,
    MadeUpSubgraph,
    MadeUpSubgraph,
  ];
  fixture.feed.found('osmanthus-court', ['watches', 'alerts', 'residents']);
});

afterEach(() => fixture.stop());

const keysOf = ({ requests }: MadeUpSubgraph): (string | undefined)[] =>
  requests.map(({ idempotencyKey }) => idempotencyKey);

async function askWithKey(query: string, key: string): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${await fixture.token('worker', 'osmanthus-court')}`,
    'idempotency-key': key,
  };
  return (await fixture.post('/communities/osmanthus-court/graphql', JSON.stringify({ query }), headers))
    .json;
}

describe('an operation of one plugin', () => {
  it('is forwarded whole in one message, its text unchanged, with who asks and for whom', async () => {
    const variables = { title: '烟感报警' };
    const { json } = await fixture.ask('osmanthus-court', RAISE, { variables, operationName: 'Raise' });
    expect(json).toEqual({ data: { raiseAlert: { id: 'a-2', title: '烟感报警' } } });
    expect(alert.requests).toEqual([
      expect.objectContaining({
        query: RAISE,
        variables,
        operationName: 'Raise',
        door: 'community',
        communityId: 'osmanthus-court',
        viewer: { id: 'wang', roles: ['worker'], communityId: 'osmanthus-court' },
        directoryPosition: fixture.feed.position,
      }),
    ]);
    expect([...community.requests, ...watch.requests]).toEqual([]);
  });

  it('goes to a plugin that serves its kind: a mutation never to one with queries only', async () => {
    const { json } = await fixture.ask(
      'osmanthus-court',
      'mutation { startWatch(residentId: "chen") { status } }',
    );
    expect(json).toEqual({ data: { startWatch: { status: 'WATCHING' } } });
    expect(watch.requests).toHaveLength(1);
    expect(community.requests).toEqual([]);
  });

  it('keeps the aliases, the errors and their codes as the service gave them', async () => {
    await alert.stop();
    const { json } = await fixture.ask('osmanthus-court', '{ now: alerts { id } }');
    expect(json.data).toBeNull();
    expect(json.errors).toEqual([
      expect.objectContaining({ extensions: { code: 'PLUGIN_UNAVAILABLE', plugin: 'alerts' } }),
    ]);
    expect(json.errors[0].message).toContain('Idempotency-Key');
  });

  it('passes the Idempotency-Key on as it came', async () => {
    await askWithKey('mutation { raiseAlert(title: "漏水") { id } }', 'lin-1');
    expect(keysOf(alert)).toEqual(['lin-1']);
  });
});

describe('an operation across plugins', () => {
  it('is answered by each for its part, in one answer', async () => {
    const { json } = await fixture.ask('osmanthus-court', '{ me { id } now: alerts { title } }');
    expect(json).toEqual({ data: { me: { id: 'wang' }, now: [{ title: '烟感报警' }] } });
    expect([community.requests.length, alert.requests.length]).toEqual([1, 1]);
  });

  it('gives each mutation a key of its own, the same again when the request is repeated', async () => {
    const query = `mutation {
      a: raiseAlert(title: "漏水") { id title }
      startWatch(residentId: "chen") { status }
      b: raiseAlert(title: "停电") { id title }
    }`;
    expect(await askWithKey(query, 'lin-2')).toEqual({
      data: {
        a: { id: 'a-2', title: '漏水' },
        startWatch: { status: 'WATCHING' },
        b: { id: 'a-2', title: '停电' },
      },
    });
    const first = [...keysOf(alert), ...keysOf(watch)];
    expect(new Set(first).size).toBe(3);
    expect(first.every((key) => key?.startsWith('lin-2 '))).toBe(true);
    await askWithKey(query, 'lin-2');
    expect([...keysOf(alert).slice(2), ...keysOf(watch).slice(1)]).toEqual(first);
  });
});
