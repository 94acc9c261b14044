import type { Bus } from '@weinao/events';
import { COMMUNITIES_PLUGIN } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';

const EMPTY_LOG = JSON.stringify({ events: [], head: '0' });

/** The plugins that these consume from and that do not run beside them. */
export function neighboursNotHere(plugins: readonly Plugin[]): Set<string> {
  const sources = plugins.flatMap(({ manifest }) => manifest.consumes.map((type) => type.split('.')[0]!));
  return new Set(sources).difference(
    new Set([COMMUNITIES_PLUGIN, ...plugins.map(({ manifest }) => manifest.id)]),
  );
}

/** Nothing ever happened to that neighbour: otherwise who consumes from it would wait for it, and say so. */
export function answerForEmptyLog(bus: Bus, plugin: string): void {
  bus.respond(`log.${plugin}.read`, plugin, async () => EMPTY_LOG);
}
