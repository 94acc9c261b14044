import { cycleOf, unknownEvents } from '@weinao/plugins';
import type { Announcement } from '@weinao/plugins';
import { brokenSettings } from './announced.settings.ts';

/** Why an announcement does not go together with those of the other plugins; undefined where it does. */
export function brokenPromise(
  { manifest, settings }: Announcement,
  others: readonly Announcement[],
): string | undefined {
  const manifests = others.map((other) => other.manifest);
  const cycle = cycleOf(manifests, manifest);
  if (cycle) return `What ${manifest.id} requires leads back to it: ${cycle.join(' → ')}.`;
  const unknown = unknownEvents(manifest, manifests);
  if (unknown.length > 0) return `It follows events that nobody publishes: ${unknown.join(', ')}.`;
  const broken = brokenSettings(settings);
  return broken && `It is not valid: ${broken}.`;
}
