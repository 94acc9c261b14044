import { connectNats } from '@weinao/events';
import { Batches, COMMUNITIES_PLUGIN, parseManifest, PLATFORM, wireSubjects } from '@weinao/plugins';
import type { Announcement } from '@weinao/plugins';
import { dataFor, quickPlugins } from './quick.plugins.ts';
import type { Asked } from './quick.plugins.ts';

/** The quick plugins on NATS_URL, and a directory that says that the community `sunshine` has enabled them. */
const bus = await connectNats({
  url: process.env.NATS_URL!,
  name: 'quick plugins',
  report: (message) => console.error(message),
});

for (const { plugin } of quickPlugins) {
  const answer = (request: unknown): Promise<string> =>
    Promise.resolve(JSON.stringify({ result: { data: dataFor(request as Asked) } }));
  new Batches(bus, wireSubjects.subgraph(plugin), answer).respond(plugin);
}

const announced = (id: string, sdl: Announcement['sdl']): [string, string, object] => {
  const manifest = parseManifest({
    ...{ id, name: { zh: id, en: id }, version: '1.0.0' },
    ...{ requires: [], publishes: [], consumes: [], permissions: [] },
  });
  return [PLATFORM, 'PluginAnnounced', { manifest, sdl, batches: true } satisfies Announcement];
};

const directory: [string, string, object][] = [
  announced(COMMUNITIES_PLUGIN, {}),
  ...quickPlugins.map(({ plugin, sdl }) => announced(plugin, { community: sdl })),
  ['sunshine', 'CommunityFounded', { name: '阳光社区', timeZone: 'Asia/Shanghai' }],
  ...quickPlugins.map(({ plugin }): [string, string, object] => {
    return ['sunshine', 'PluginEnabled', { pluginId: plugin, settings: {} }];
  }),
];

const events = directory.map(([communityid, type, data], index) => ({
  ...{
    id: `event-${index + 1}`,
    type: `communities.${type}`,
    time: '2026-03-02T08:00:00.000Z',
    data,
    communityid,
  },
  ...{ actorid: PLATFORM, correlationid: 'bench', sequence: String(index + 1), previous: String(index) },
}));

bus.respond(`log.${COMMUNITIES_PLUGIN}.read`, COMMUNITIES_PLUGIN, ({ text }) => {
  const { after } = JSON.parse(text) as { after: string };
  return Promise.resolve(
    JSON.stringify({ events: events.slice(Number(after)), head: String(events.length) }),
  );
});
await bus.flush();
console.log('the quick plugins are ready');
