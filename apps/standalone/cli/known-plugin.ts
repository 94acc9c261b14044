import { StartupError } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import { plugins } from '../plugins.ts';

export const pluginIds = plugins.map(({ manifest }) => manifest.id).join(', ');

/** @throws StartupError when there is none of this id */
export function knownPlugin(id: string): Plugin {
  const plugin = plugins.find(({ manifest }) => manifest.id === id);
  if (!plugin) throw new StartupError(`There is no plugin ${id} here; choose from ${pluginIds}.`);
  return plugin;
}
