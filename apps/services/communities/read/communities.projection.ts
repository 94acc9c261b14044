import { rowKey } from '@weinao/events';
import type { Projection } from '@weinao/events';
import { CommunityRow, EnabledPluginRow } from './community.rows.ts';
import type { CommunityEvent } from '../domain/community.decider.ts';

export const communitiesProjection: Projection<CommunityEvent> = {
  name: 'communities',
  version: 1,
  tables: [
    { type: CommunityRow, table: 'community', key: ['id'] },
    { type: EnabledPluginRow, table: 'enabled_plugin', key: ['communityId', 'pluginId'] },
  ],

  touches(event) {
    const { communityId } = event.metadata;
    switch (event.type) {
      case 'PluginEnabled':
      case 'PluginConfigured':
      case 'PluginDisabled':
        return [rowKey(EnabledPluginRow, { communityId, pluginId: event.data.pluginId })];
      default:
        return [];
    }
  },

  fold(event, rows) {
    const { communityId } = event.metadata;
    switch (event.type) {
      case 'CommunityFounded': {
        const { name, timeZone } = event.data;
        rows.put(CommunityRow, { id: communityId, name, timeZone });
        break;
      }
      case 'PluginEnabled': {
        const { pluginId, settings, enabledAt } = event.data;
        rows.put(EnabledPluginRow, { communityId, pluginId, enabledAt, settings });
        break;
      }
      case 'PluginConfigured': {
        const { pluginId, settings } = event.data;
        const row = rows.get(EnabledPluginRow, { communityId, pluginId });
        if (row) rows.put(EnabledPluginRow, { ...row, settings });
        break;
      }
      case 'PluginDisabled':
        rows.remove(EnabledPluginRow, { communityId, pluginId: event.data.pluginId });
        break;
    }
  },
};
