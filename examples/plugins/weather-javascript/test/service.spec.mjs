import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '@nats-io/transport-node';
import { startNatsServer } from '@weinao/embedded';
import { MadeUpCommunities } from './made-up-communities.mjs';
import { MadeUpSource } from './made-up-source.mjs';

const MAIN = fileURLToPath(new URL('../main.mjs', import.meta.url));
const HANGZHOU = { latitude: 30.25, longitude: 120.15 };

let nats;
let source;
let connection;
let communities;
let service;

beforeAll(async () => {
  [nats, source] = await Promise.all([startNatsServer(), new MadeUpSource().start()]);
});

afterAll(() => Promise.all([nats.stop(), source.stop()]));

beforeEach(async () => {
  connection = await connect({ servers: nats.url });
  communities = new MadeUpCommunities(connection);
  communities.happen('osmanthus-court', 'CommunityFounded', { name: '桂花苑', timeZone: 'Asia/Shanghai' });
  communities.happen('maple-lane', 'CommunityFounded', { name: '枫林里', timeZone: 'Asia/Shanghai' });
  communities.happen('osmanthus-court', 'PluginEnabled', { pluginId: 'tickets', settings: {} });
  communities.happen('osmanthus-court', 'PluginEnabled', { pluginId: 'weather', settings: HANGZHOU });
});

afterEach(async () => {
  service.kill('SIGKILL');
  await connection.close();
});

function start() {
  const environment = { ...process.env, NATS_URL: nats.url, WEATHER_URL: source.url };
  service = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function startReady() {
  start();
  await said(service.stdout, 'weather is ready');
}

async function said(stream, words) {
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
    if (text.includes(words)) return;
  }
  throw new Error(`It did not say ${words}, but: ${text}`);
}

async function until(holds) {
  while (!holds()) await pause(10);
}

const ask = async (subject, request) =>
  (await connection.request(subject, JSON.stringify(request), { timeout: 10_000 })).json();

async function weatherFor({ communityId = 'osmanthus-court', role = 'resident', query, ...changes } = {}) {
  const { result } = await ask('gql.weather', {
    ...{ door: 'community', communityId, query: query ?? '{ weather { temperature description } }' },
    viewer: { id: 'lin', roles: [role], communityId },
    ...{ correlationId: 'c-1', directoryPosition: communities.position, ...changes },
  });
  return { data: result.data, codes: result.errors?.map(({ extensions }) => extensions.code) };
}

describe('the weather of a community that has it', () => {
  beforeEach(startReady);

  it('is what its source says, in the language that was asked for', async () => {
    expect(await weatherFor()).toEqual({ data: { weather: { temperature: 18.5, description: '毛毛雨' } } });
    const query = 'query ($l: String) { weather { description(locale: $l) observedAt } }';
    expect(await weatherFor({ query, variables: { l: 'en' } })).toEqual({
      data: { weather: { description: 'Drizzle', observedAt: '2026-05-01T08:00:00.000Z' } },
    });
  });

  it('is nothing for who may not see it, or does not ask in GraphQL', async () => {
    expect(await weatherFor({ role: 'device' })).toEqual({ data: { weather: null }, codes: ['FORBIDDEN'] });
    for (const query of ['{ weather {', '{ snow }'])
      expect(await weatherFor({ query })).toEqual({ codes: ['BAD_USER_INPUT'] });
    const typed = await weatherFor({ query: 'query ($l: String!) { weather { description(locale: $l) } }' });
    expect(typed.codes).toEqual(['BAD_USER_INPUT']);
  });

  it('is there for no other community, and not at the door of the platform', async () => {
    expect(await weatherFor({ communityId: 'maple-lane' })).toEqual({ codes: ['PLUGIN_NOT_ENABLED'] });
    expect(await weatherFor({ communityId: 'nowhere' })).toEqual({ codes: ['NOT_FOUND'] });
    expect(await weatherFor({ door: 'platform', communityId: null })).toEqual({ codes: ['NOT_FOUND'] });
  });

  it('comes and goes at the position of the directory that the gateway acted upon', async () => {
    expect((await weatherFor()).codes).toBeUndefined();
    communities.happen('osmanthus-court', 'PluginDisabled', { pluginId: 'weather' });
    communities.happen('maple-lane', 'PluginEnabled', { pluginId: 'weather', settings: HANGZHOU });
    communities.happen('maple-lane', 'SomethingOfLater', {});
    expect(await weatherFor()).toEqual({ codes: ['PLUGIN_NOT_ENABLED'] });
    expect((await weatherFor({ communityId: 'maple-lane' })).codes).toBeUndefined();
  });

  it('needs a place on earth in its settings, and nothing else', async () => {
    const check = (settings) => ask('plugin.weather.settings', { settings });
    expect(await check(HANGZHOU)).toEqual({ settings: HANGZHOU, problems: [] });
    const wrong = await check({ latitude: 90.1, city: '杭州' });
    expect(wrong.problems.map(({ path }) => path)).toEqual([
      'settings.latitude',
      'settings.longitude',
      'settings.city',
    ]);
    expect(wrong.settings).toBeUndefined();
    expect((await check([])).problems).toMatchObject([{ path: 'settings' }]);
    expect(await ask('plugin.weather.ping', {})).toEqual({ version: '1.0.0' });
  });

  it('answers what is no request with a refusal', async () => {
    const reply = await connection.request('gql.weather', 'weather?', { timeout: 10_000 });
    const refusal = JSON.parse(decodeURIComponent(reply.headers.get('Weinao-Refusal')));
    expect(refusal).toEqual({ code: 'REFUSED', message: expect.any(String) });
  });
});

describe('a replica on the bus', () => {
  it('says what it is, that it is there, and that it leaves', async () => {
    await startReady();
    const [{ replica, manifest }] = communities.announced;
    expect(manifest).toMatchObject({ id: 'weather', origin: 'example.org/weather-javascript' });
    await until(() => communities.heard.length > 1);
    const here = {
      plugin: 'weather',
      replica,
      version: '1.0.0',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    expect(communities.heard[1]).toEqual(here);
    service.kill('SIGTERM');
    expect(await once(service, 'exit')).toEqual([0, null]);
    await connection.flush();
    expect(communities.heard.at(-1)).toEqual({ plugin: 'weather', replica, leaving: true });
  });

  it('serves while it waits for others of an older version, and asks again until it is in force', async () => {
    communities.replies = [{ state: 'WAITING', reason: '1.0.0 still runs' }, { state: 'IN_FORCE' }];
    start();
    await said(service.stderr, 'WAITING: 1.0.0 still runs');
    expect((await weatherFor()).codes).toBeUndefined();
    await until(() => communities.announced.length === 2);
    expect(communities.announced[1]).toEqual(communities.announced[0]);
  });

  it('that is refused says why, and answers nothing', async () => {
    communities.replies = [{ state: 'REFUSED', reason: 'the id is taken' }];
    start();
    await said(service.stderr, 'REFUSED: the id is taken');
    await expect(weatherFor()).rejects.toThrow();
    await until(() => communities.heard.length > 1);
  });
});
