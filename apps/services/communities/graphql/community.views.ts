import { Injectable } from '@nestjs/common';
import { CommunityDirectory, originOf } from '@weinao/plugins';
import type { PluginManifest } from '@weinao/plugins';
import type { CommunityType, EnabledPluginType, PluginType } from './community.type.ts';
import type { CommunityState } from '../domain/community.decider.ts';
import type { CommunityWithPlugins } from '../read/community.reader.ts';

export const pluginView = (manifest: PluginManifest): PluginType => {
  const { id, version, requires, level = null } = manifest;
  return { id, version, requires, origin: originOf(manifest), level };
};

/** Communities as the API shows them, from a row or from the state that a command reached. */
@Injectable()
export class CommunityViews {
  constructor(private readonly directory: CommunityDirectory) {}

  ofRow({ id, name, timeZone, plugins }: CommunityWithPlugins): CommunityType {
    return { id, name, timeZone, plugins: plugins.map((row) => this.enabled(row.pluginId, row)) };
  }

  ofState(id: string, { founded, plugins }: CommunityState): CommunityType {
    const enabled = Object.entries(plugins).sort(([a], [b]) => (a < b ? -1 : 1));
    return { id, ...founded!, plugins: enabled.map(([pluginId, state]) => this.enabled(pluginId, state)) };
  }

  private enabled(
    pluginId: string,
    at: Pick<EnabledPluginType, 'enabledAt' | 'settings'>,
  ): EnabledPluginType {
    return { plugin: this.plugin(pluginId), enabledAt: at.enabledAt, settings: at.settings };
  }

  private plugin(id: string): PluginType {
    return pluginView(this.directory.plugin(id)!.manifest); // nothing is enabled that was not announced
  }
}
