import { publisherOf } from '@weinao/events';
import type { PluginManifest } from './plugin-manifest.ts';

type Requiring = Pick<PluginManifest, 'id' | 'requires'>;

/** The way round where the plugins' `requires` lead from the candidate back to it, such as `['a', 'b', 'a']`. */
export function cycleOf(manifests: readonly Requiring[], candidate: Requiring): string[] | undefined {
  const known = byId([...manifests, candidate]);
  const ways = [[candidate.id]];
  const visited = new Set<string>();
  for (const way of ways) {
    for (const required of known.get(way.at(-1)!)?.requires ?? []) {
      if (required === candidate.id) return [...way, required];
      if (visited.has(required)) continue;
      visited.add(required);
      ways.push([...way, required]);
    }
  }
  return undefined;
}

/** All that must be on before the plugin, each after what it requires itself. */
export function requirementsOf(id: string, manifests: readonly Requiring[]): string[] {
  const known = byId(manifests);
  return inOrder(id, (each) => known.get(each)?.requires ?? []);
}

/** All that must be off before the plugin, each after what requires it. */
export function dependentsOf(id: string, manifests: readonly Requiring[]): string[] {
  return inOrder(id, (each) => manifests.filter(({ requires }) => requires.includes(each)).map(idOf));
}

/** The events that the plugin follows though their publishers, as far as they are known, publish no such event. */
export function unknownEvents(
  { consumes }: Pick<PluginManifest, 'consumes'>,
  manifests: readonly Pick<PluginManifest, 'id' | 'publishes'>[],
): string[] {
  return consumes.filter((event) => {
    const publisher = manifests.find(({ id }) => id === publisherOf(event));
    return publisher && !publisher.publishes.some((name) => `${publisher.id}.${name}` === event);
  });
}

/** The plugins whose events the plugin follows. */
export const neighboursOf = ({ consumes }: Pick<PluginManifest, 'consumes'>): string[] => [
  ...new Set(consumes.map((event) => publisherOf(event)!)),
];

const idOf = ({ id }: Requiring): string => id;

const byId = (manifests: readonly Requiring[]): ReadonlyMap<string, Requiring> =>
  new Map(manifests.map((manifest) => [manifest.id, manifest]));

function inOrder(id: string, leadsTo: (id: string) => readonly string[]): string[] {
  const seen = new Set([id]);
  const order: string[] = [];
  const visit = (from: string): void => {
    for (const next of leadsTo(from)) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
      order.push(next);
    }
  };
  visit(id);
  return order;
}
