import type { Announcement } from '../wire/subgraph.protocol.ts';

/** What the gateway and every service consume of the communities' log. */
export type DirectoryEvent =
  | { readonly type: 'CommunityFounded'; readonly data: { readonly name: string; readonly timeZone: string } }
  | {
      readonly type: 'PluginEnabled';
      readonly data: { readonly pluginId: string; readonly settings: Settings };
    }
  | {
      readonly type: 'PluginConfigured';
      readonly data: { readonly pluginId: string; readonly settings: Settings };
    }
  | { readonly type: 'PluginDisabled'; readonly data: { readonly pluginId: string } }
  | { readonly type: 'PluginAnnounced'; readonly data: Announcement };

export type Settings = Readonly<Record<string, unknown>>;
