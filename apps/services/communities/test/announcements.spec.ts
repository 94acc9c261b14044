import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { PluginHarness } from '@weinao/testing';
import { announce, announcementOf, announceUntilInForce, MadeUpPlugin } from './made-up.plugin.ts';
import { ENABLE, PLUGINS } from './platform.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
});

afterAll(() => harness.close());

const catalogue = async (id: string) => {
  const { plugins } = await harness.platform(people.operatorZhou).data(PLUGINS);
  return plugins.find((entry: { id: string }) => entry.id === id);
};

const announcements = async (id: string): Promise<object[]> =>
  (await harness.events()).flatMap(({ type, data }) =>
    type === 'PluginAnnounced' && (data as { manifest: { id: string } }).manifest.id === id ? [data] : [],
  );

describe('a service that announces its plugin', () => {
  it('puts it into the catalogue, with both names', async () => {
    await new MadeUpPlugin(harness.bus, { id: 'notices', requires: ['residents'] }).start();
    expect(await catalogue('notices')).toEqual({
      id: 'notices',
      zh: 'notices 插件',
      en: 'The plugin notices',
      version: '1.0.0',
      status: 'RUNNING',
      requires: ['residents'],
      origin: 'weinao',
      level: null,
    });
  });

  it('is one event, however many replicas say the same', async () => {
    const same = announcementOf({ id: 'activities' });
    await Promise.all([announce(harness.bus, same), announce(harness.bus, same)]);
    await announce(harness.bus, same);
    expect(await announcements('activities')).toEqual([same]);
  });

  it('is heard again with a new version', async () => {
    await announce(harness.bus, announcementOf({ id: 'wishes' }));
    await announceUntilInForce(harness.bus, announcementOf({ id: 'wishes', version: '1.1.0' }));
    expect(await announcements('wishes')).toHaveLength(2);
    expect((await catalogue('wishes')).version).toBe('1.1.0');
  });

  it('says which addresses it answers', async () => {
    const addresses = {
      edges: [{ method: 'GET' as const, path: 'almanac/:guide/page', mostBytes: 0 }],
      feeds: [{ path: 'almanac/feed', follows: ['GuideWritten'], presence: false }],
    };
    const { manifest, sdl } = announcementOf({ id: 'almanac' });
    const publishes = ['GuideWritten'];
    await announce(harness.bus, { manifest: { ...manifest, publishes }, sdl, ...addresses });
    expect(await announcements('almanac')).toEqual([expect.objectContaining(addresses)]);
  });

  it('is UNAVAILABLE from when nobody answers for it, and stays in the catalogue', async () => {
    const passes = new MadeUpPlugin(harness.bus, { id: 'passes' });
    await passes.start();
    expect((await catalogue('passes')).status).toBe('RUNNING');
    await passes.stop();
    expect((await catalogue('passes')).status).toBe('UNAVAILABLE');
    const on = { communityId: 'osmanthus-court', pluginId: 'passes' };
    expect(await harness.platform(people.operatorZhou).refusal(ENABLE, on)).toBe('PLUGIN_UNAVAILABLE');
  });
});

describe('who is at the door of a community', () => {
  it('learns the permissions of what is enabled there', async () => {
    await new MadeUpPlugin(harness.bus, { id: 'calls' }).start();
    const me = '{ me { id roles permissions } community { id name } }';
    const before = await harness.as(people.residentLin).data(me);
    expect(before.me).toEqual({ id: 'resident-lin', roles: ['resident'], permissions: ['communities.view'] });
    expect(before.community).toEqual({ id: 'osmanthus-court', name: '桂花苑社区' });

    const on = { communityId: 'osmanthus-court', pluginId: 'calls' };
    await harness.platform(people.adminSun).data(ENABLE, on);
    const { me: after } = await harness.as(people.residentLin).data(me);
    expect(after.permissions).toEqual(['calls.read', 'communities.view']);
    expect((await harness.as(people.workerWang).data(me)).me.permissions).toEqual(['communities.view']);
  });
});
