import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewayFixture } from './gateway.fixture.ts';
import { alerts, communities } from './neighbourhood.ts';

let fixture: GatewayFixture;
let answer: () => void;

beforeEach(async () => {
  const later = new Promise<void>((resolve) => (answer = resolve));
  const slow = {
    ...alerts,
    resolvers: { ...alerts.resolvers, alerts: () => later.then(() => [{ id: 'a-1', title: '烟感报警' }]) },
  };
  fixture = new GatewayFixture(undefined, {
    queueLimits: { deadlineMs: 10_000, mostInFlight: 2, mostWaiting: 3 },
  });
  await fixture.startWith(communities, slow);
  fixture.feed.found('osmanthus-court', ['alerts']);
});

afterEach(async () => {
  answer();
  await fixture.stop();
});

async function ask(query: string): Promise<{ retryAfter: string | null; json: unknown }> {
  const response = await fetch(`${fixture.gateway.url}/communities/osmanthus-court/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query }),
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await fixture.token('worker', 'osmanthus-court')}`,
    },
  });
  return { retryAfter: response.headers.get('retry-after'), json: await response.json() };
}

const answered = { retryAfter: null, json: { data: { alerts: [{ id: 'a-1' }] } } };
const refused = {
  retryAfter: '2',
  json: {
    data: null,
    errors: [
      {
        message: expect.stringContaining('Nothing was done'),
        extensions: { code: 'PLUGIN_UNAVAILABLE', plugin: 'alerts', retryAfter: 2 },
      },
    ],
  },
};

describe('a plugin that does not keep up', () => {
  it('has so many wait for it, others are told at once when to come again, and nobody else waits', async () => {
    const asked = Array.from({ length: 9 }, () => ask('{ alerts { id } }'));
    expect((await Promise.race(asked)).retryAfter).toBe('2');
    expect(await ask('{ me { id } }')).toEqual({ retryAfter: null, json: { data: { me: { id: 'wang' } } } });
    expect(await ask('{ me { id } alerts { id } }')).toMatchObject({
      json: { errors: [{ extensions: { code: 'PLUGIN_UNAVAILABLE', retryAfter: 2 } }] },
    });
    answer();
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter(({ retryAfter }) => retryAfter === null)).toEqual(Array(5).fill(answered));
    expect(outcomes.filter(({ retryAfter }) => retryAfter !== null)).toEqual(Array(4).fill(refused));
    expect(await ask('{ alerts { id } }')).toEqual(answered);
  });
});
