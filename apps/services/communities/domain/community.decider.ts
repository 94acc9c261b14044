import { fingerprint, reject } from '@weinao/events';
import type { Decider } from '@weinao/events';

export type Settings = Readonly<Record<string, unknown>>;

export type CommunityEvent =
  | { readonly type: 'CommunityFounded'; readonly data: { readonly name: string; readonly timeZone: string } }
  | {
      readonly type: 'PluginEnabled';
      readonly data: { readonly pluginId: string; readonly settings: Settings; readonly enabledAt: string };
    }
  | {
      readonly type: 'PluginConfigured';
      readonly data: { readonly pluginId: string; readonly settings: Settings };
    }
  | { readonly type: 'PluginDisabled'; readonly data: { readonly pluginId: string } };

export type CommunityCommand =
  | { readonly type: 'FoundCommunity'; readonly name: string; readonly timeZone: string }
  | {
      readonly type: 'EnablePlugin';
      readonly pluginId: string;
      readonly settings: Settings;
      /** All that the plugin requires, each after what it requires itself. */
      readonly requires: readonly string[];
    }
  | { readonly type: 'ConfigurePlugin'; readonly pluginId: string; readonly settings: Settings }
  | {
      readonly type: 'DisablePlugin';
      readonly pluginId: string;
      /** All that require the plugin, each after what requires it. */
      readonly requiredBy: readonly string[];
    };

export interface EnabledPlugin {
  readonly enabledAt: string;
  readonly settings: Settings;
}

export interface CommunityState {
  /** Undefined before it is founded. */
  readonly founded?: { readonly name: string; readonly timeZone: string };
  readonly plugins: Readonly<Record<string, EnabledPlugin>>;
}

type Command<Type extends CommunityCommand['type']> = Extract<CommunityCommand, { type: Type }>;

export const communityDecider: Decider<CommunityState, CommunityCommand, CommunityEvent> = {
  category: 'community',
  initial: { plugins: {} },

  decide(command, state, { now, communityId }) {
    if (command.type === 'FoundCommunity') return found(command, state, communityId);
    if (!state.founded) reject('NOT_FOUND', `There is no community ${communityId}.`, { id: communityId });
    switch (command.type) {
      case 'EnablePlugin':
        return enable(command, state, now);
      case 'ConfigurePlugin':
        return configure(command, state);
      case 'DisablePlugin':
        return disable(command, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'CommunityFounded':
        return { ...state, founded: event.data };
      case 'PluginEnabled': {
        const { pluginId, settings, enabledAt } = event.data;
        return { ...state, plugins: { ...state.plugins, [pluginId]: { enabledAt, settings } } };
      }
      case 'PluginConfigured': {
        const { pluginId, settings } = event.data;
        const enabled = state.plugins[pluginId];
        return enabled
          ? { ...state, plugins: { ...state.plugins, [pluginId]: { ...enabled, settings } } }
          : state;
      }
      case 'PluginDisabled': {
        const { [event.data.pluginId]: _gone, ...plugins } = state.plugins;
        return { ...state, plugins };
      }
      default:
        return state;
    }
  },
};

function found(
  { name, timeZone }: Command<'FoundCommunity'>,
  state: CommunityState,
  id: string,
): CommunityEvent[] {
  if (state.founded) reject('COMMUNITY_ALREADY_FOUNDED', `There is a community ${id} already.`, { id });
  return [{ type: 'CommunityFounded', data: { name, timeZone } }];
}

/** Enabling what is enabled changes nothing but the settings, where they differ: an operator's script may run again. */
function enable(command: Command<'EnablePlugin'>, state: CommunityState, now: string): CommunityEvent[] {
  const { pluginId, settings, requires } = command;
  if (state.plugins[pluginId]) return configure({ type: 'ConfigurePlugin', pluginId, settings }, state);
  const missing = requires.filter((required) => !state.plugins[required]);
  if (missing.length > 0) {
    reject('PLUGIN_REQUIRES', `${pluginId} needs ${missing.join(', ')}; enable that first, in this order.`, {
      missing,
    });
  }
  return [{ type: 'PluginEnabled', data: { pluginId, settings, enabledAt: now } }];
}

function configure(
  { pluginId, settings }: Command<'ConfigurePlugin'>,
  state: CommunityState,
): CommunityEvent[] {
  const enabled = state.plugins[pluginId];
  if (!enabled) reject('PLUGIN_NOT_ENABLED', `${pluginId} is not enabled here.`, { pluginId });
  if (fingerprint(enabled.settings) === fingerprint(settings)) return [];
  return [{ type: 'PluginConfigured', data: { pluginId, settings } }];
}

function disable(
  { pluginId, requiredBy }: Command<'DisablePlugin'>,
  state: CommunityState,
): CommunityEvent[] {
  if (!state.plugins[pluginId]) return [];
  const dependents = requiredBy.filter((dependent) => state.plugins[dependent]);
  if (dependents.length > 0) {
    reject(
      'PLUGIN_REQUIRED',
      `${dependents.join(', ')} would be without ${pluginId}; disable that first, in this order.`,
      {
        dependents,
      },
    );
  }
  return [{ type: 'PluginDisabled', data: { pluginId } }];
}
