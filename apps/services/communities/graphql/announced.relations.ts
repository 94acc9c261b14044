import { cycleOf, unknownEvents } from '@weinao/plugins';
import type { PluginManifest } from '@weinao/plugins';

/** Why a manifest does not go together with those of the other plugins; undefined where it does. */
export function brokenRelation(
  manifest: PluginManifest,
  others: readonly PluginManifest[],
): string | undefined {
  const cycle = cycleOf(others, manifest);
  if (cycle) return `what it requires leads back to it: ${cycle.join(' → ')}`;
  const unknown = unknownEvents(manifest, others);
  return unknown.length > 0 ? `it follows events that nobody publishes: ${unknown.join(', ')}` : undefined;
}
