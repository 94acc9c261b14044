import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { announce, announcementOf, MadeUpPlugin } from './made-up.plugin.ts';
import { CONFIGURE, DISABLE, ENABLE } from './platform.documents.ts';
import { plugin } from '../plugin.ts';

const CATALOGUE = '{ plugins { id requires consumes } }';
const NEIGHBOURS =
  'query ($id: ID!) { community(id: $id) { plugins { plugin { id consumes } absentNeighbours } } }';

let harness: PluginHarness;
let zhou: HarnessViewer;

const on = (pluginId: string, communityId = 'osmanthus-court') => ({ pluginId, communityId });

const refusal = async (mutation: string, pluginId: string) =>
  (await zhou.execute(mutation, on(pluginId))).errors?.[0]?.extensions;

const catalogued = async (id: string) => {
  const { plugins } = await zhou.data(CATALOGUE);
  return plugins.find((entry: { id: string }) => entry.id === id);
};

/** Announces what cannot be. @returns why it is refused */
async function refused(announcement: unknown): Promise<string | undefined> {
  const { state, reason } = await announce(harness.bus, announcement);
  expect(state).toBe('REFUSED');
  return reason;
}

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  zhou = harness.platform(people.operatorZhou);
  for (const madeUp of [
    { id: 'residents' },
    { id: 'notices', requires: ['residents'], publishes: ['NoticePublished'] },
    { id: 'alerts', requires: ['notices'] },
    { id: 'elderly-care', requires: ['alerts', 'residents'] },
  ])
    await new MadeUpPlugin(harness.bus, madeUp).start();
});

afterAll(() => harness.close());

describe('a plugin that requires others, which require others', () => {
  it('is enabled after all of them, which the refusal names in their order', async () => {
    const { code, missing } = (await refusal(ENABLE, 'elderly-care')) as { code: string; missing: string[] };
    expect({ code, missing }).toEqual({
      code: 'PLUGIN_REQUIRES',
      missing: ['residents', 'notices', 'alerts'],
    });
    for (const required of missing) await zhou.data(ENABLE, on(required));
    await zhou.data(ENABLE, on('elderly-care'));
  });

  it('is disabled before all of them, which the refusal names in their order', async () => {
    const { code, dependents } = (await refusal(DISABLE, 'residents')) as {
      code: string;
      dependents: string[];
    };
    expect({ code, dependents }).toEqual({
      code: 'PLUGIN_REQUIRED',
      dependents: ['elderly-care', 'alerts', 'notices'],
    });
    for (const dependent of dependents) await zhou.data(DISABLE, on(dependent));
    await zhou.data(DISABLE, on('residents'));
  });

  it('is refused where its requirements lead back to it, and the catalogue keeps what it said before', async () => {
    const reason = await refused(
      announcementOf({ id: 'residents', version: '2.0.0', requires: ['elderly-care'] }),
    );
    expect(reason).toContain('residents → elderly-care → residents');
    expect((await catalogued('residents')).requires).toEqual([]);
  });
});

describe('a plugin that follows the events of others', () => {
  it('is refused where one is in the catalogue and publishes no such event', async () => {
    const consumes = ['notices.NoticePublished', 'notices.NoticeBurnt', 'weather.StormWarned'];
    expect(await refused(announcementOf({ id: 'screens', consumes }))).toContain(
      'nobody publishes: notices.NoticeBurnt',
    );
    expect(await catalogued('screens')).toBeUndefined();
  });

  it('shows whom it follows, and who of them is off here', async () => {
    const consumes = ['notices.NoticePublished', 'weather.StormWarned', 'communities.PluginEnabled'];
    await new MadeUpPlugin(harness.bus, { id: 'boards', consumes }).start();
    expect((await catalogued('boards')).consumes).toEqual(consumes);
    const absent = async (): Promise<unknown> => {
      const { community } = await zhou.data(NEIGHBOURS, { id: 'willow-bank' });
      return community.plugins.find((entry: { plugin: { id: string } }) => entry.plugin.id === 'boards')
        .absentNeighbours;
    };
    await zhou.data(ENABLE, on('boards', 'willow-bank'));
    expect(await absent()).toEqual(['notices', 'weather']);
    await zhou.data(ENABLE, on('residents', 'willow-bank'));
    await zhou.data(ENABLE, on('notices', 'willow-bank'));
    expect(await absent()).toEqual(['weather']);
    await zhou.data(DISABLE, on('notices', 'willow-bank'));
    expect(await absent()).toEqual(['notices', 'weather']);
  });
});

describe('what a community may set of a plugin', () => {
  const schema = {
    type: 'object',
    properties: {
      hours: {
        ...{ title: '开放时间', 'x-title': { 'zh-CN': '开放时间', en: 'Opening hours' } },
        type: 'string',
      },
    },
  };
  const titles = (of: { properties: Record<string, { title: string }> }): string[] =>
    Object.values(of.properties).map(({ title }) => title);

  beforeAll(() => new MadeUpPlugin(harness.bus, { id: 'library', schema, settings: ['hours'] }).start());

  it('is a schema in the catalogue, in the language that was asked for', async () => {
    const { plugins } = await zhou.data(
      '{ plugins { id zh: settingsSchema en: settingsSchema(locale: "en-GB") other: settingsSchema(locale: null) } }',
    );
    const [library] = plugins.filter(({ id }: { id: string }) => id === 'library');
    expect([library.zh, library.en, library.other].map(titles)).toEqual([
      ['开放时间'],
      ['Opening hours'],
      ['开放时间'],
    ]);
    expect(JSON.stringify(library)).not.toContain('x-title');
    const [residents] = plugins.filter(({ id }: { id: string }) => id === 'residents');
    expect(residents.zh).toBeNull();
  });

  it('is shown at the door of the community, too, beside what is set', async () => {
    const settings = { hours: '8:00–18:00' };
    await zhou.data(ENABLE, on('library'));
    await zhou.data(CONFIGURE, { ...on('library'), settings });
    const { community } = await harness
      .as(people.residentLin)
      .data('{ community { plugins { settings plugin { id settingsSchema(locale: "en") } } } }');
    const [library] = community.plugins;
    expect(library.settings).toEqual(settings);
    expect(titles(library.plugin.settingsSchema)).toEqual(['Opening hours']);
  });

  it('is refused where it is no schema that anybody could read', async () => {
    const broken = { ...announcementOf({ id: 'museum' }), settings: { schema: 'object' } };
    expect(await refused(broken)).toContain('its settings are no JSON Schema');
    expect(await catalogued('museum')).toBeUndefined();
  });
});
