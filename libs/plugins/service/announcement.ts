import type { PluginService } from './plugin-service.ts';
import { USUAL_EDGE_BYTES } from '../edges/edge.ts';
import { tellsPresence } from '../edges/feed.ts';
import { liveFieldsOf } from '../live/live.ts';
import { settingsSchemaOf } from '../settings/settings.schema.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

/** What the service tells the platform of its plugin. */
export function announcementOf({ plugin, subgraphs }: PluginService): Announcement {
  const { manifest, edges, feeds, settings } = plugin;
  const live = liveFieldsOf(plugin);
  return {
    manifest,
    sdl: Object.fromEntries([...subgraphs].map(([door, { sdl }]) => [door, sdl])),
    ...(edges && {
      edges: edges.map(({ method, path, mostBytes = USUAL_EDGE_BYTES }) => ({ method, path, mostBytes })),
    }),
    ...(feeds && {
      feeds: feeds.map((feed) => ({ path: feed.path, follows: feed.follows, presence: tellsPresence(feed) })),
    }),
    ...(live.length > 0 && { live }),
    ...(settings && { settings: { schema: settingsSchemaOf(settings) } }),
  };
}
