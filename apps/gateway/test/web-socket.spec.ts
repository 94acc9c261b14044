import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ALL, changed, LiveFixture } from './live.fixture.ts';
import type { Asking } from './live.fixture.ts';
import { GraphqlWsClient } from './web-socket.fixture.ts';

const fixture = new LiveFixture();
const { happen, subscribe } = fixture;
const clients: GraphqlWsClient[] = [];

beforeEach(() => fixture.start());
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
  await fixture.stop();
});

function connect(asking: Asking = {}): GraphqlWsClient {
  const client = new GraphqlWsClient(fixture, asking);
  clients.push(client);
  return client;
}

const told = (id: string, eventId: string): object => ({ ...changed(id), extensions: { eventId } });

/** Each is open once it has answered something that came after it. */
const opened = async (client: GraphqlWsClient): Promise<void> =>
  void (await client.ask({ query: '{ me { id } }' }).end);

describe('a client of graphql-ws', () => {
  it('is told of each thing that changes, with one execution for all who ask the same by either way', async () => {
    const client = connect();
    const many = Array.from({ length: 50 }, () => client.ask({ query: ALL }));
    await opened(client);
    const streams = await Promise.all(Array.from({ length: 50 }, () => subscribe(ALL)));
    happen('a');
    for (const one of many) expect(await one.results.until(1)).toEqual([told('a.1', '1')]);
    for (const one of streams) expect(await one.until(1)).toEqual([told('a.1', '1')]);
    expect(fixture.service.requests).toHaveLength(1);
  });

  it('queries and changes over the same connection, by the way of every other request', async () => {
    const client = connect();
    const query = client.ask({ query: 'query Me { me { id } }', operationName: 'Me' });
    expect([await query.end, query.results.items]).toEqual(['complete', [{ data: { me: { id: 'wang' } } }]]);
    const mutation = client.ask({
      query: 'mutation End($id: ID!) { endIncident(id: $id) { title } }',
      variables: { id: 'a.1' },
      extensions: { idempotencyKey: 'over-once' },
    });
    await mutation.end;
    expect(mutation.results.items).toEqual([{ data: { endIncident: { title: '烟' } } }]);
    expect(fixture.service.requests).toMatchObject([
      { idempotencyKey: 'over-once', communityId: 'osmanthus-court' },
    ]);
  });

  it('hears why something is refused, and goes on', async () => {
    const client = connect();
    const codeOf = async (query: string, extensions = {}): Promise<unknown> => {
      const end = await client.ask({ query, extensions }).end;
      return (end as [{ extensions: { code: string } }])[0].extensions.code;
    };
    expect(await codeOf('subscription { incidentChanged { shoes } }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await codeOf('{ shoes }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await codeOf('{')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await codeOf(ALL, { lastEventId: 'nothing' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(ALL, { lastEventId: '7' })).toBe('BAD_USER_INPUT');
    expect(await codeOf('{ me { id } }', { idempotencyKey: '' })).toBe('BAD_USER_INPUT');
    await opened(client);
    expect(client.closes.items).toEqual([]);
  });

  it('ends one subscription, and keeps the others', async () => {
    const client = connect();
    const [one, other] = [client.ask({ query: ALL }), client.ask({ query: ALL })];
    await opened(client);
    one.unsubscribe();
    expect(await one.end).toBe('complete');
    await opened(client);
    happen('a');
    await other.results.until(1);
    expect(one.results.items).toEqual([]);
  });

  it('resumes where it broke off, over any number of cuts and the gateway’s restart', async () => {
    let asking: Asking = {};
    let lastEventId = '0';
    const heard: unknown[] = [];
    for (const round of [1, 2, 3]) {
      happen(`missed-${round}`);
      const client = connect(asking);
      const { results } = client.ask({ query: ALL, extensions: { lastEventId } });
      await results.until(1);
      happen(`heard-${round}`);
      heard.push(...(await results.until(2)));
      lastEventId = results.items.at(-1)!.extensions!.eventId as string;
      client.terminate();
      if (round === 2) asking = { gateway: await anotherGateway() };
    }
    expect(heard).toEqual(
      [1, 2, 3].flatMap((round) => [
        told(`missed-${round}.1`, `${2 * round - 1}`),
        told(`heard-${round}.1`, `${2 * round}`),
      ]),
    );
  });

  async function anotherGateway(): Promise<NonNullable<Asking['gateway']>> {
    await fixture.platform.gateway.stop();
    fixture.platform.gateway = await fixture.platform.another();
    await fixture.platform.ready(fixture.platform.gateway);
    return fixture.platform.gateway;
  }
});

describe('a connection', () => {
  it('completes what is turned off, and closes when the gateway stops', async () => {
    const [here, there] = [connect(), connect({ community: 'willow-bank' })];
    const [ending, going] = [here.ask({ query: ALL }), there.ask({ query: ALL })];
    await Promise.all([opened(here), opened(there)]);
    fixture.platform.feed.disable('osmanthus-court', 'incidents');
    expect(await ending.end).toBe('complete');
    await fixture.platform.gateway.stop();
    expect(await going.end).toBe('complete');
    expect(await there.closes.until(1)).toMatchObject([{ code: 1001 }]);
  });

  it('ends with the token', async () => {
    const client = connect({ lifetime: '2s' });
    client.ask({ query: ALL });
    expect(await client.closes.until(1)).toMatchObject([{ code: 4403, reason: 'The token has expired' }]);
  });

  it('shares its person’s limit with every other connection, and gives back what ends', async () => {
    await fixture.stop();
    await fixture.start({ mostSubscriptions: 2 });
    const client = connect();
    const first = client.ask({ query: ALL });
    await opened(client);
    await subscribe(ALL);
    const refused = { extensions: { code: 'RATE_LIMITED' } };
    expect(await client.ask({ query: ALL }).end).toMatchObject([refused]);
    first.unsubscribe();
    await opened(client);
    const next = client.ask({ query: ALL });
    await opened(client);
    happen('a');
    await next.results.until(1);
  });
});
