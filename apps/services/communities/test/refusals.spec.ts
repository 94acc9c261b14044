import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { PluginHarness } from '@weinao/testing';
import type { Announcement } from '@weinao/plugins';
import { announce, announcementOf } from './made-up.plugin.ts';
import { PLUGINS, REFUSED_PLUGINS } from './platform.documents.ts';
import { plugin } from '../plugin.ts';

const TICKET = 'type Query { ticket: Ticket } type Ticket { number: Int }';

let harness: PluginHarness;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  await announce(harness.bus, withSdl('tickets', TICKET));
});

afterAll(() => harness.close());

const withSdl = (id: string, community: string): Announcement => ({
  ...announcementOf({ id }),
  sdl: { community },
});

const withManifest = (id: string, more: object): unknown => {
  const { manifest, sdl } = announcementOf({ id });
  return { manifest: { ...manifest, ...more }, sdl };
};

const inCatalogue = async (): Promise<string[]> =>
  (await harness.platform(people.operatorZhou).data(PLUGINS)).plugins.map(({ id }: { id: string }) => id);

const refusalsOf = async (id: string): Promise<Record<string, unknown>[]> => {
  const { refusedPlugins } = await harness.platform(people.operatorZhou).data(REFUSED_PLUGINS);
  return refusedPlugins.filter(({ pluginId }: { pluginId: string }) => pluginId === id);
};

const live = { field: 'wishChanged', follows: [], query: 'wish', argument: 'id', id: ':stream' };
const sdl = { community: 'type Query { a: ID }' };
const oneTooMany = Array.from({ length: 65 }, (_, index) => ({
  method: 'GET',
  path: `a/${index}`,
  mostBytes: 0,
}));

describe('an announcement that is not right', () => {
  it.each<[string, unknown, RegExp]>([
    ['a manifest that is none', withManifest('guides', { version: 'one' }), /version/],
    ['an unknown key in its manifest', withManifest('guides', { colour: 'red' }), /colour/],
    ['an unknown key beside it', { ...announcementOf({ id: 'guides' }), colour: 'red' }, /colour/],
    ['a text that is no SDL', withSdl('guides', 'type Query {'), /no SDL: Syntax Error/],
    ['lists in lists without end', withSdl('guides', `type Query { a: ${'['.repeat(60_000)}`), /no SDL/],
    ['more than 100,000 tokens', withSdl('guides', `type Query { ${'a: A '.repeat(34_000)} }`), /no SDL/],
    [
      'a schema larger than 240 KiB',
      withSdl('guides', `# ${'长'.repeat(90_000)}`),
      /bytes, more than 245760/,
    ],
    ['a type that is nowhere', withSdl('guides', 'type Query { guide: Guide }'), /does not compose/],
    [
      'a type that another has otherwise',
      withSdl('guides', TICKET.replace('number: Int', 'number: ID')),
      /clashes with that of tickets/,
    ],
    ['the scope of the platform', withManifest('guides', { scope: 'platform' }), /every community/],
    [
      'the platform’s door',
      { ...announcementOf({ id: 'guides' }), sdl: { platform: 'type Query { a: ID }' } },
      /platform's door/,
    ],
    ['the name of the platform', withManifest('platform', {}), /reserved/],
    ['65 edges', { ...announcementOf({ id: 'guides' }), edges: oneTooMany }, /edges/],
    [
      'a permission of another',
      { ...announcementOf({ id: 'guides' }), sdl, live: [{ ...live, permission: 'tickets.read' }] },
      /no permission of its own/,
    ],
    [
      'an event of another',
      {
        ...announcementOf({ id: 'guides' }),
        feeds: [{ path: 'a', follows: ['TicketOpened'], presence: false }],
      },
      /does not publish/,
    ],
    [
      'an address that is none',
      { ...announcementOf({ id: 'guides' }), edges: [{ method: 'GET', path: '../a', mostBytes: 0 }] },
      /no path/,
    ],
  ])('is refused, with the reason in the catalogue: %s', async (_what, wrong, reason) => {
    const before = await inCatalogue();
    const reply = await announce(harness.bus, wrong);
    expect(reply).toEqual({ state: 'REFUSED', reason: expect.stringMatching(reason) });
    const { id } = (wrong as Announcement).manifest;
    expect((await refusalsOf(id)).map((refusal) => refusal.reason)).toContain(reply.reason);
    expect(await inCatalogue()).toEqual(before);
  });

  it.each([null, 7, 'text', [], {}, { manifest: null }, { manifest: { id: 'gui.des' } }])(
    'is refused, and nothing else comes of it: %j',
    async (nothing) => {
      expect(await announce(harness.bus, nothing)).toMatchObject({ state: 'REFUSED' });
    },
  );

  it('is one event, however often it comes, and is over when the plugin is taken', async () => {
    const wrong = withSdl('wishes', 'type Query { wish: Wish }');
    for (const _again of [1, 2, 3]) await announce(harness.bus, wrong);
    const events = (await harness.events()).filter(({ type, data }) => {
      return type === 'PluginRefused' && (data as { pluginId: string }).pluginId === 'wishes';
    });
    expect(events).toHaveLength(1);
    expect(await refusalsOf('wishes')).toEqual([
      {
        ...{ pluginId: 'wishes', version: '1.0.0', origin: 'weinao', running: false },
        refusedAt: harness.clock.now().toISOString(),
        reason: expect.stringContaining('Wish'),
      },
    ]);
    await announce(harness.bus, announcementOf({ id: 'wishes' }));
    expect(await refusalsOf('wishes')).toEqual([]);
    expect(await inCatalogue()).toContain('wishes');
  });

  it('leaves what is in force in force', async () => {
    await announce(harness.bus, announcementOf({ id: 'calls' }));
    const { state } = await announce(harness.bus, withManifest('calls', { origin: 'example.org/calls' }));
    expect(state).toBe('REFUSED');
    expect((await refusalsOf('calls'))[0]).toMatchObject({
      origin: 'example.org/calls',
      reason: 'The id calls is in use by weinao; this comes from example.org/calls.',
    });
    expect(await announce(harness.bus, announcementOf({ id: 'calls' }))).toEqual({ state: 'IN_FORCE' });
  });
});

describe('an announcement at the limits', () => {
  it('is taken with 240 KiB and 64 edges', async () => {
    const empty = { ...withSdl('almanac', 'type Query { a: ID } # '), edges: oneTooMany.slice(1) };
    const rest = 245_760 - Buffer.byteLength(JSON.stringify(empty));
    const full = { ...empty, sdl: { community: `type Query { a: ID } # ${'x'.repeat(rest)}` } };
    expect(await announce(harness.bus, full)).toEqual({ state: 'IN_FORCE' });
    const above = { ...full, sdl: { community: `${full.sdl.community}x` } };
    expect(await announce(harness.bus, above)).toMatchObject({ state: 'REFUSED' });
  });
});

describe('an address that another plugin answers', () => {
  it.each([
    ['devices/:id/readings', 'REFUSED'],
    ['devices/broken/:what', 'REFUSED'],
    ['devices/:id', 'IN_FORCE'],
  ])('%s is %s', async (path, state) => {
    const edges = [{ method: 'POST', path: 'devices/:device/readings', mostBytes: 100 }];
    await announce(harness.bus, { ...announcementOf({ id: 'devices' }), edges });
    const id = `near-${path.replaceAll(/\W/g, '')}`;
    const reply = await announce(harness.bus, {
      ...announcementOf({ id }),
      edges: [{ method: 'POST', path, mostBytes: 100 }],
    });
    expect(reply.state).toBe(state);
    if (state === 'REFUSED') expect(reply.reason).toMatch(/answered by devices already/);
  });
});
