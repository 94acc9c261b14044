import { cycleOf, StartupError, unknownEvents } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';

/** @throws StartupError where these plugins do not go together: the catalogue would refuse one, or nobody could enable it */
export function assertPluginSet(plugins: readonly Plugin[]): void {
  const manifests = plugins.map(({ manifest }) => manifest);
  const ids = manifests.map(({ id }) => id);
  for (const manifest of manifests) {
    const { id, requires } = manifest;
    const cycle = cycleOf(manifests, manifest);
    if (cycle) throw new StartupError(`Plugins require each other in a circle: ${cycle.join(' → ')}.`);
    const missing = requires.filter((required) => !ids.includes(required));
    if (missing.length > 0)
      throw new StartupError(`The plugin ${id} requires ${missing.join(', ')}, which is not here.`);
    const unknown = unknownEvents(manifest, manifests);
    if (unknown.length > 0)
      throw new StartupError(`The plugin ${id} follows ${unknown.join(', ')}, which nobody publishes.`);
  }
}
