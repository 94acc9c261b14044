import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { MadeUpPlugin } from './made-up.plugin.ts';
import { COMMUNITIES, COMMUNITY_BY_ID, CONFIGURE, DISABLE, ENABLE, FOUND } from './platform.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let zhou: HarnessViewer;
let communityId: string;
let founded = 0;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  zhou = harness.platform(people.operatorZhou);
  await new MadeUpPlugin(harness.bus, { id: 'residents', settings: ['grid'] }).start();
  await new MadeUpPlugin(harness.bus, { id: 'alerts', requires: ['residents'] }).start();
});

afterAll(() => harness.close());

beforeEach(async () => {
  communityId = `court-${String(++founded).padStart(2, '0')}`;
  await zhou.data(FOUND, { input: { id: communityId, name: '新苑社区' } });
});

const on = (pluginId: string, settings?: object) => ({ communityId, pluginId, settings });
const idsOf = (community: { plugins: { plugin: { id: string } }[] }): string[] =>
  community.plugins.map(({ plugin: { id } }) => id);

describe('founding a community', () => {
  it('gives it the time zone of China where nobody says another', async () => {
    const { community } = await zhou.data(COMMUNITY_BY_ID, { id: communityId });
    expect(community).toEqual({ id: communityId, name: '新苑社区', timeZone: 'Asia/Shanghai', plugins: [] });
  });

  it('twice is refused, and repeated with its key is not', async () => {
    const input = { id: `twice-${communityId}`, name: '两次', timeZone: 'Asia/Urumqi' };
    const first = await zhou.data(FOUND, { input }, { idempotencyKey: `found ${communityId}` });
    expect(await zhou.data(FOUND, { input }, { idempotencyKey: `found ${communityId}` })).toEqual(first);
    expect(await zhou.refusal(FOUND, { input })).toBe('COMMUNITY_ALREADY_FOUNDED');
  });

  it.each([
    [{ id: 'Osmanthus' }, ['id matches']],
    [{ id: 'a.b' }, ['id matches']],
    [{ id: '*' }, ['id matches']],
    [{ id: 'a'.repeat(65) }, ['id matches']],
    [{ id: 'platform' }, ['id isNotIn']],
    [{ name: '' }, ['name notBlank']],
    [{ name: '名'.repeat(101), timeZone: 'Mars/Olympus' }, ['name maxLength', 'timeZone isTimeZone']],
    [{ id: '-', name: 'a\0b', timeZone: null }, ['id matches', 'name withoutNul', 'timeZone isTimeZone']],
  ])('as %j is bad input', async (bad, expected) => {
    const input = { id: 'fresh', name: '新', ...bad };
    const { errors } = await zhou.execute(FOUND, { input });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const problems = errors?.[0]?.extensions?.problems as { path: string; rule: string }[];
    expect(problems.map(({ path, rule }) => `${path} ${rule}`).sort()).toEqual(expected);
  });
});

describe('enabling a plugin', () => {
  it('shows it with its settings, and since when', async () => {
    const { enablePlugin } = await zhou.data(ENABLE, on('residents', { grid: '第一网格' }));
    expect(enablePlugin.plugins).toEqual([
      {
        plugin: {
          id: 'residents',
          name: 'residents 插件',
          version: '1.0.0',
          status: 'RUNNING',
          requires: [],
        },
        enabledAt: harness.clock.now().toISOString(),
        settings: { grid: '第一网格' },
      },
    ]);
    expect((await zhou.data(COMMUNITY_BY_ID, { id: communityId })).community).toEqual(enablePlugin);
  });

  it('twice is as good as once, and takes new settings', async () => {
    const first = await zhou.data(ENABLE, on('residents'));
    harness.clock.advance(60_000);
    expect(await zhou.data(ENABLE, on('residents'))).toEqual(first);
    const { enablePlugin } = await zhou.data(ENABLE, on('residents', { grid: '第二网格' }));
    expect(enablePlugin.plugins).toEqual([
      { ...first.enablePlugin.plugins[0], settings: { grid: '第二网格' } },
    ]);
  });

  it('that nobody announced, in a community that nobody founded, finds nothing', async () => {
    expect(await zhou.refusal(ENABLE, on('weather'))).toBe('NOT_FOUND');
    expect(await zhou.refusal(ENABLE, { communityId: 'nowhere', pluginId: 'residents' })).toBe('NOT_FOUND');
    expect(await zhou.refusal(ENABLE, { communityId: 'a\0b', pluginId: 'residents' })).toBe('BAD_USER_INPUT');
    expect(await zhou.refusal(COMMUNITY_BY_ID, { id: 'a\0b' })).toBe('BAD_USER_INPUT');
    expect((await zhou.data(COMMUNITY_BY_ID, { id: 'nowhere' })).community).toBeNull();
  });

  it('that is part of every community is not for anybody to turn on or off', async () => {
    expect(await zhou.refusal(ENABLE, on('communities'))).toBe('PLUGIN_ALWAYS_ON');
    expect(await zhou.refusal(DISABLE, on('communities'))).toBe('PLUGIN_ALWAYS_ON');
  });

  it('with settings that do not fit names what does not', async () => {
    const { errors } = await zhou.execute(ENABLE, on('residents', { colour: 'red', shape: 'round' }));
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ path: 'settings.colour' }, { path: 'settings.shape' }],
    });
    expect(await zhou.refusal(ENABLE, { ...on('residents'), settings: ['red'] })).toBe('BAD_USER_INPUT');
  });

  it('needs what it requires, which then has to stay', async () => {
    const { errors } = await zhou.execute(ENABLE, on('alerts'));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'PLUGIN_REQUIRES', missing: ['residents'] });
    await zhou.data(ENABLE, on('residents'));
    expect(idsOf((await zhou.data(ENABLE, on('alerts'))).enablePlugin)).toEqual(['alerts', 'residents']);
    const refused = await zhou.execute(DISABLE, on('residents'));
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      code: 'PLUGIN_REQUIRED',
      dependents: ['alerts'],
    });
    expect(idsOf((await zhou.data(DISABLE, on('alerts'))).disablePlugin)).toEqual(['residents']);
    expect(idsOf((await zhou.data(DISABLE, on('residents'))).disablePlugin)).toEqual([]);
  });
});

describe('configuring and disabling a plugin', () => {
  it('changes its settings, where it is on', async () => {
    expect(await zhou.refusal(CONFIGURE, on('residents', {}))).toBe('PLUGIN_NOT_ENABLED');
    await zhou.data(ENABLE, on('residents'));
    const { configurePlugin } = await zhou.data(CONFIGURE, on('residents', { grid: '第三网格' }));
    expect(configurePlugin.plugins[0].settings).toEqual({ grid: '第三网格' });
    expect(await zhou.refusal(CONFIGURE, on('residents', { colour: 'red' }))).toBe('BAD_USER_INPUT');
  });

  it('turns it off, also where it is off already', async () => {
    await zhou.data(ENABLE, on('residents'));
    expect((await zhou.data(DISABLE, on('residents'))).disablePlugin.plugins).toEqual([]);
    expect((await zhou.data(DISABLE, on('residents'))).disablePlugin.plugins).toEqual([]);
  });
});

describe('an admin', () => {
  it('sees and changes the own community', async () => {
    const admin = harness.platform({ id: 'admin-he', roles: ['admin'], communityId });
    expect(idsOf((await admin.data(ENABLE, on('residents'))).enablePlugin)).toEqual(['residents']);
    expect((await admin.data(COMMUNITY_BY_ID, { id: communityId })).community.id).toBe(communityId);
    expect((await admin.data(COMMUNITIES)).communities).toMatchObject({
      nodes: [{ id: communityId }],
      totalCount: 1,
    });
  });

  it('neither sees nor changes another, and founds none', async () => {
    const sun = harness.platform(people.adminSun);
    for (const mutation of [ENABLE, CONFIGURE, DISABLE]) {
      expect(await sun.refusal(mutation, on('residents', {}))).toBe('FORBIDDEN');
    }
    expect(await sun.refusal(COMMUNITY_BY_ID, { id: communityId })).toBe('FORBIDDEN');
    expect(await sun.refusal(FOUND, { input: { id: 'mine', name: '我的' } })).toBe('FORBIDDEN');
  });
});

describe('the list of communities', () => {
  it('goes page by page in the order of the ids, and counts all', async () => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { communities } = await zhou.data(COMMUNITIES, { first: 2, after });
      ids.push(...communities.nodes.map(({ id }: { id: string }) => id));
      after = communities.pageInfo.endCursor;
      if (communities.pageInfo.hasNextPage) continue;
      expect(communities.totalCount).toBe(ids.length);
      break;
    }
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).toEqual(expect.arrayContaining(['osmanthus-court', 'willow-bank', communityId]));
  });

  it.each([{ first: 0 }, { first: 101 }, { after: '桂花苑' }, { after: 'x'.repeat(201) }])(
    'refuses %j',
    async (page) => expect(await zhou.refusal(COMMUNITIES, page)).toBe('BAD_USER_INPUT'),
  );
});
