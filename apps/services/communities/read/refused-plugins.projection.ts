import { rowKey } from '@weinao/events';
import type { Projection } from '@weinao/events';
import { RefusedPluginRow } from './refused-plugin.row.ts';
import type { AnnouncedPluginEvent } from '../domain/announced-plugin.decider.ts';

/** The catalogue shows the newest. */
export const MOST_REFUSALS = 20;

export const refusedPluginsProjection: Projection<AnnouncedPluginEvent> = {
  name: 'refused-plugins',
  version: 1,
  tables: [{ type: RefusedPluginRow, table: 'refused_plugin', key: ['pluginId'] }],

  touches(event) {
    const pluginId = pluginOf(event);
    return pluginId === undefined ? [] : [rowKey(RefusedPluginRow, { pluginId })];
  },

  fold(event, rows) {
    switch (event.type) {
      case 'PluginAnnounced':
        rows.remove(RefusedPluginRow, { pluginId: event.data.manifest.id });
        break;
      case 'PluginRefused': {
        const { pluginId, digest } = event.data;
        const known = rows.get(RefusedPluginRow, { pluginId })?.refusals ?? [];
        const others = known.filter((refusal) => refusal.digest !== digest);
        rows.put(RefusedPluginRow, { pluginId, refusals: [...others, event.data].slice(-MOST_REFUSALS) });
        break;
      }
    }
  },
};

/** Undefined for events of communities. */
function pluginOf(event: AnnouncedPluginEvent): string | undefined {
  switch (event.type) {
    case 'PluginAnnounced':
      return event.data.manifest.id;
    case 'PluginRefused':
      return event.data.pluginId;
    default:
      return undefined;
  }
}
