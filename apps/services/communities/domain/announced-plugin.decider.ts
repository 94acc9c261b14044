import { fingerprint } from '@weinao/events';
import type { Decider } from '@weinao/events';

/** What a service said of itself: manifest and subgraphs, kept so that a community's schema survives its absence. */
export interface AnnouncedPlugin {
  readonly manifest: { readonly id: string; readonly version: string };
  readonly sdl: Readonly<Record<string, string>>;
}

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
