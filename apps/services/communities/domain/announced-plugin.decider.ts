import { fingerprint } from '@weinao/events';
import type { Decider } from '@weinao/events';

/** What a service said of itself: manifest and subgraphs, kept so that a community's schema survives its absence. */
export interface AnnouncedPlugin {
  readonly manifest: { readonly id: string; readonly version: string };
  readonly sdl: Readonly<Record<string, string>>;
  /** Since version 2: the addresses that it answers below a community's, and what it tells live; absent where it does not. */
  readonly edges?: readonly { readonly method: string; readonly path: string; readonly mostBytes: number }[];
  readonly feeds?: readonly {
    readonly path: string;
    readonly follows: readonly string[];
    readonly presence: boolean;
  }[];
  readonly live?: readonly {
    readonly field: string;
    readonly permission: string;
    readonly follows: readonly string[];
    readonly query: string;
    readonly argument: string;
    readonly id: string;
  }[];
  /** Since version 3: what a community may set, as JSON Schema; absent where there is nothing to set. */
  readonly settings?: { readonly schema: Readonly<Record<string, unknown>> };
}

/** As it was before there were edges and feeds. */
export type AnnouncedPluginV1 = Pick<AnnouncedPlugin, 'manifest' | 'sdl'>;

/** As it was before settings were announced. */
export type AnnouncedPluginV2 = Omit<AnnouncedPlugin, 'settings'>;

export const withAddresses = (plugin: AnnouncedPluginV1): AnnouncedPluginV2 => plugin;

export const withSettings = (plugin: AnnouncedPluginV2): AnnouncedPlugin => plugin;

export interface PluginAnnounced {
  readonly type: 'PluginAnnounced';
  readonly data: AnnouncedPlugin;
}

export interface AnnouncePlugin {
  readonly type: 'AnnouncePlugin';
  readonly plugin: AnnouncedPlugin;
}

export const announcedPluginDecider: Decider<AnnouncedPlugin | null, AnnouncePlugin, PluginAnnounced> = {
  category: 'plugin',
  initial: null,

  /** Every replica announces at every start: only what is new is an event. */
  decide({ plugin }, known) {
    return fingerprint(plugin) === fingerprint(known) ? [] : [{ type: 'PluginAnnounced', data: plugin }];
  },

  evolve(known, event) {
    return event.type === 'PluginAnnounced' ? event.data : known;
  },
};
