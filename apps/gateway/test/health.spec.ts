import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartupError } from '@weinao/plugins';
import { DirectoryFeed } from './directory.feed.ts';
import { GatewayFixture } from './gateway.fixture.ts';
import { communities } from './neighbourhood.ts';
import { startGateway } from '../index.ts';

let fixture: GatewayFixture;

beforeEach(() => {
  fixture = new GatewayFixture();
});

afterEach(() => fixture.stop());

describe('a gateway that came up first', () => {
  it('lives, is not ready, and says so at every door', async () => {
    await fixture.start();
    expect(await fixture.send('/health/live')).toMatchObject({ status: 200, json: { status: 'live' } });
    expect(await fixture.send('/health/ready')).toMatchObject({
      status: 503,
      json: { errors: [{ extensions: { code: 'NOT_READY' } }] },
    });
    const authorization = `Bearer ${await fixture.token('operator', null)}`;
    expect(await fixture.post('/graphql', '{"query":"{ plugins }"}', { authorization })).toMatchObject({
      status: 503,
      json: { errors: [{ extensions: { code: 'PLUGIN_UNAVAILABLE' } }] },
    });
    expect(await fixture.ask('osmanthus-court', '{ me { id } }')).toMatchObject({
      status: 503,
      json: { errors: [{ extensions: { code: 'PLUGIN_UNAVAILABLE' } }] },
    });
  });

  it('becomes ready as soon as the communities service is there', async () => {
    await fixture.start();
    fixture.feed = new DirectoryFeed(fixture.bus);
    fixture.announce(communities);
    while ((await fixture.send('/health/ready')).status !== 200) await new Promise(setImmediate);
    const authorization = `Bearer ${await fixture.token('operator', null)}`;
    const { json } = await fixture.post('/graphql', '{"query":"{ plugins }"}', { authorization });
    expect(json.data.plugins).toEqual(['watches', 'residents', 'alerts']);
  });
});

describe('a gateway whose port is taken', () => {
  it('says so in one sentence, and leaves the first one alone', async () => {
    await fixture.startWith(communities);
    const { port } = new URL(fixture.gateway.url);
    const second = startGateway({
      bus: fixture.bus,
      issuer: fixture.issuer,
      port: Number(port),
      host: '127.0.0.1',
      report: () => undefined,
    });
    await expect(second).rejects.toThrow(StartupError);
    await expect(second).rejects.toThrow(
      `Port ${port} is taken; stop what listens there, or set PORT to another.`,
    );
    expect((await fixture.send('/health/ready')).status).toBe(200);
  });
});
