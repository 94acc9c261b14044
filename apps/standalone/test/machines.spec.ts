import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, FeedListener, testNatsUrl } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { Person } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import { wishes } from './wishes/plugin.ts';
import { plugins } from '../plugins.ts';
import { startStandalone } from '../start-standalone.ts';
import type { Standalone } from '../start-standalone.ts';

const COMMUNITY = 'osmanthus-court';
const SCREENS = 100;

const fixture = new ProcessFixture();

afterAll(() => fixture.cleanUp());

describe.each([
  ['on the in-process bus', () => undefined],
  ['on NATS', testNatsUrl],
])('machines at a plugin, %s', (_bus, natsUrl) => {
  const reports: string[] = [];
  const listeners: FeedListener[] = [];
  let database: TestDatabase;
  let standalone: Standalone;
  let operator: Person;

  beforeAll(async () => {
    const directory = await fixture.directory();
    database = await createTestDatabase();
    standalone = await startStandalone({
      plugins: [...plugins.filter(({ manifest }) => manifest.id === 'communities'), wishes],
      ...{ directory, port: 0, host: '127.0.0.1', databaseUrl: database.url, natsUrl: natsUrl() },
      report: (message) => void reports.push(message),
      progress: () => undefined,
      stopping: new AbortController().signal,
    });
    operator = await Person.operator(standalone.url, directory);
    const { codes } = await operator.ask(`mutation {
      foundCommunity(input: { id: "${COMMUNITY}", name: "桂花苑" }) { id }
      enablePlugin(communityId: "${COMMUNITY}", pluginId: "wishes") { id }
    }`);
    expect(codes).toEqual([]);
  });
  afterEach(() => {
    for (const listener of listeners.splice(0)) listener.close();
  });
  afterAll(async () => {
    await standalone.stop();
    await database.close();
    expect(reports).toEqual([]);
  });

  const at = (path: string): string => `${standalone.url}/communities/${COMMUNITY}/wish-boxes/${path}`;

  async function listen(box: string, token = `token-of-${box}`): Promise<FeedListener> {
    const listener = await FeedListener.connect(at(`${box}/wall`), { token });
    listeners.push(listener);
    return listener;
  }

  async function wish(text: string, token = 'token-of-gate'): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' };
    const answer = await fetch(at('gate/wishes'), { method: 'POST', body: text, headers });
    await answer.text();
    return answer.status;
  }

  it('do something by plain HTTP with a token of their own', async () => {
    expect([await wish('1 修轮椅'), await wish('2 学书法', 'a guess')]).toEqual([202, 401]);
  });

  it('are told everything once, whenever they connected', async () => {
    const first = await listen('first');
    const connecting = Array.from({ length: SCREENS }, (_, n) => listen(`screen-${n}`));
    const made = Array.from({ length: 20 }, (_, n) => wish(`3 wish ${n}`));
    await Promise.all([...connecting, ...made]);
    await wish('4 last');
    const all = new Set(await first.until(22));
    expect(all.size).toBe(22);
    for (const screen of listeners) {
      await screen.until(22);
      expect([screen.told().length, new Set(screen.told())]).toEqual([22, all]);
    }
  });

  it('are refused with a token that is none, and told nothing where the plugin is off', async () => {
    await expect(listen('first', 'a guess')).rejects.toThrow(/^401 .*UNAUTHENTICATED/);
    const screen = await listen('first');
    await operator.ask(`mutation { disablePlugin(communityId: "${COMMUNITY}", pluginId: "wishes") { id } }`);
    await screen.ended;
    await expect(listen('first')).rejects.toThrow(/^404 .*NOT_FOUND/);
    expect(await wish('5 unheard')).toBe(404);
  });
});
