import { assertPaths, COMMUNITIES_PLUGIN, PLATFORM } from '@weinao/plugins';
import type { Announcement } from '@weinao/plugins';

/** Ids that stand for something else on the bus and in addresses. */
const RESERVED = [PLATFORM];

interface Address {
  readonly method: string;
  readonly path: string;
}

/** What an announcement claims that it may not have; undefined where it may have all of it. */
export function undueClaim(announcement: Announcement, others: readonly Announcement[]): string | undefined {
  const { manifest, sdl } = announcement;
  if (RESERVED.includes(manifest.id)) return `The id ${manifest.id} is reserved.`;
  if (manifest.id !== COMMUNITIES_PLUGIN && manifest.scope === 'platform')
    return `${manifest.id} wants to be part of every community (scope platform); that is for ${COMMUNITIES_PLUGIN} alone.`;
  if (manifest.id !== COMMUNITIES_PLUGIN && sdl.platform !== undefined)
    return `${manifest.id} wants to serve the platform's door; that is for ${COMMUNITIES_PLUGIN} alone.`;
  return (
    pathProblem(announcement) ??
    foreignEvent(announcement) ??
    foreignPermission(announcement) ??
    taken(announcement, others)
  );
}

function pathProblem({ edges, feeds }: Announcement): string | undefined {
  try {
    assertPaths(edges, feeds);
    return undefined;
  } catch (error) {
    return `${(error as Error).message}.`;
  }
}

function foreignEvent({ manifest, feeds = [], live = [] }: Announcement): string | undefined {
  const followed = [...feeds, ...live].flatMap(({ follows }) => follows);
  const foreign = followed.find((event) => !manifest.publishes.includes(event));
  return foreign === undefined
    ? undefined
    : `A feed or live field follows ${foreign}, which the manifest does not publish.`;
}

function foreignPermission({ manifest, live = [] }: Announcement): string | undefined {
  const own = manifest.permissions.map(({ id }) => `${manifest.id}.${id}`);
  const foreign = live.find(({ permission }) => !own.includes(permission));
  return (
    foreign &&
    `The live field ${foreign.field} asks for ${foreign.permission}, which is no permission of its own.`
  );
}

function taken(announcement: Announcement, others: readonly Announcement[]): string | undefined {
  const own = addressesOf(announcement);
  for (const other of others) {
    for (const theirs of addressesOf(other)) {
      const clash = own.find((address) => overlap(address, theirs));
      if (clash)
        return `${clash.method} ${clash.path} is answered by ${other.manifest.id} already (${theirs.path}).`;
    }
  }
  return undefined;
}

const addressesOf = ({ edges = [], feeds = [] }: Announcement): Address[] => [
  ...edges,
  ...feeds.map(({ path }) => ({ method: 'GET', path })),
];

/** Is there an address that both would answer? */
function overlap(one: Address, other: Address): boolean {
  const [parts, otherParts] = [one.path.split('/'), other.path.split('/')];
  if (one.method !== other.method || parts.length !== otherParts.length) return false;
  return parts.every((part, index) => {
    const otherPart = otherParts[index]!;
    return part === otherPart || part.startsWith(':') || otherPart.startsWith(':');
  });
}
