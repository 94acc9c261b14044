import { fingerprint, reject } from '@weinao/events';
import type { Decider } from '@weinao/events';

/** What a service said of itself: manifest and subgraphs, kept so that a community's schema survives its absence. */
export interface AnnouncedPlugin {
  readonly manifest: {
    readonly id: string;
    readonly version: string;
    /** Since version 3: the code line that it comes from; `weinao` where it does not say. */
    readonly origin?: string;
  };
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
  /** Since version 3: whether it takes several requests in one message. */
  readonly batches?: boolean;
}

/** As it was before plugins named their origin and their settings. */
export type AnnouncedPluginV2 = Omit<AnnouncedPlugin, 'manifest' | 'settings' | 'batches'> & {
  readonly manifest: { readonly id: string; readonly version: string };
};

/** As it was before there were edges and feeds. */
export type AnnouncedPluginV1 = Pick<AnnouncedPluginV2, 'manifest' | 'sdl'>;

export const withAddresses = (plugin: AnnouncedPluginV1): AnnouncedPluginV2 => plugin;

export const withOriginAndSettings = (plugin: AnnouncedPluginV2): AnnouncedPlugin => plugin;

/** An announcement that is not taken, and why. */
export interface Refusal {
  readonly pluginId: string;
  readonly version: string;
  readonly origin: string;
  /** Of the announcement, so that it is known again. */
  readonly digest: string;
  readonly reason: string;
}

export interface PluginAnnounced {
  readonly type: 'PluginAnnounced';
  readonly data: AnnouncedPlugin;
}

export interface PluginRefused {
  readonly type: 'PluginRefused';
  readonly data: Refusal & { readonly refusedAt: string };
}

export type AnnouncedPluginEvent = PluginAnnounced | PluginRefused;

export type AnnouncedPluginCommand =
  | { readonly type: 'AnnouncePlugin'; readonly plugin: AnnouncedPlugin }
  | { readonly type: 'RefusePlugin'; readonly refusal: Refusal };

export interface AnnouncedPluginState {
  /** What is in force. */
  readonly plugin: AnnouncedPlugin | null;
  /** Since then: the reasons of what was refused, by its digest. */
  readonly refused: Readonly<Record<string, string>>;
}

const originOf = ({ manifest }: AnnouncedPlugin): string => manifest.origin ?? 'weinao';

export const announcedPluginDecider: Decider<
  AnnouncedPluginState,
  AnnouncedPluginCommand,
  AnnouncedPluginEvent
> = {
  category: 'plugin',
  initial: { plugin: null, refused: {} },

  /** Every replica announces at every start, and goes on while it is refused: only what is new is an event. */
  decide(command, { plugin: known, refused }, { now }) {
    if (command.type === 'RefusePlugin') {
      const { digest, reason } = command.refusal;
      if (refused[digest] === reason) return [];
      return [{ type: 'PluginRefused', data: { ...command.refusal, refusedAt: now } }];
    }
    const { plugin } = command;
    if (known && originOf(known) !== originOf(plugin)) {
      const { id } = plugin.manifest;
      reject(
        'PLUGIN_ID_TAKEN',
        `The id ${id} is in use by ${originOf(known)}; this comes from ${originOf(plugin)}.`,
        { id },
      );
    }
    return fingerprint(plugin) === fingerprint(known) ? [] : [{ type: 'PluginAnnounced', data: plugin }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PluginAnnounced':
        return { plugin: event.data, refused: {} };
      case 'PluginRefused':
        return { ...state, refused: { ...state.refused, [event.data.digest]: event.data.reason } };
      default:
        return state;
    }
  },
};
