import { Injectable } from '@nestjs/common';
import { CommunityDirectory, neighboursOf, originOf } from '@weinao/plugins';
import type { PluginManifest } from '@weinao/plugins';
import type { CommunityType, EnabledPluginType, PluginType } from './community.type.ts';
import type { CommunityState } from '../domain/community.decider.ts';
import type { CommunityWithPlugins } from '../read/community.reader.ts';

export const pluginView = (manifest: PluginManifest): PluginType => {
  const { id, version, requires, consumes, level = null } = manifest;
  return { id, version, requires, consumes, origin: originOf(manifest), level };
};

/** Communities as the API shows them, from a row or from the state that a command reached. */
@Injectable()
export class CommunityViews {
  constructor(private readonly directory: CommunityDirectory) {}

  ofRow({ id, name, timeZone, plugins }: CommunityWithPlugins): CommunityType {
    const on = new Set(plugins.map(({ pluginId }) => pluginId));
    return { id, name, timeZone, plugins: plugins.map((row) => this.enabled(row.pluginId, row, on)) };
  }

  ofState(id: string, { founded, plugins }: CommunityState): CommunityType {
    const enabled = Object.entries(plugins).sort(([a], [b]) => (a < b ? -1 : 1));
    const on = new Set(Object.keys(plugins));
    return {
      id,
      ...founded!,
      plugins: enabled.map(([pluginId, state]) => this.enabled(pluginId, state, on)),
    };
  }

  private enabled(
    pluginId: string,
    { enabledAt, settings }: Pick<EnabledPluginType, 'enabledAt' | 'settings'>,
    on: ReadonlySet<string>,
  ): EnabledPluginType {
    const plugin = this.plugin(pluginId);
    const absentNeighbours = neighboursOf(plugin).filter((id) => !on.has(id) && !this.isAlwaysOn(id));
    return { plugin, enabledAt, settings, absentNeighbours };
  }

  private isAlwaysOn(id: string): boolean {
    return this.directory.plugin(id)?.manifest.scope === 'platform';
  }

  private plugin(id: string): PluginType {
    return pluginView(this.directory.plugin(id)!.manifest); // nothing is enabled that was not announced
  }
}
