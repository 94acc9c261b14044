import { edgeKey, isEnabledIn, isGivenId } from '@weinao/plugins';
import type { AnnouncedEdge, AnnouncedFeed, Announcement, DirectoryEntry, PathParams } from '@weinao/plugins';
import { HttpError } from '../http/http-error.ts';

interface Found {
  readonly plugin: string;
  readonly params: PathParams;
}

export interface FoundEdge extends Found {
  readonly edge: string;
  readonly mostBytes: number;
}

export interface FoundFeed extends Found {
  readonly feed: AnnouncedFeed;
}

/** Who answers below a community's address, of the plugins that are enabled there. @throws HttpError 404 for nobody */
export function whoAnswers(
  announcements: readonly Announcement[],
  community: DirectoryEntry,
  method: string,
  path: string,
): FoundEdge | FoundFeed {
  const parts = path.split('/');
  for (const { manifest, edges = [], feeds = [] } of announcements) {
    if ((edges.length === 0 && feeds.length === 0) || !isEnabledIn(community, manifest)) continue;
    const plugin = manifest.id;
    for (const edge of edges) {
      const params = edge.method === method ? paramsOf(edge.path, parts) : undefined;
      if (params) return { plugin, params, edge: edgeKey(edge), mostBytes: edge.mostBytes };
    }
    for (const feed of feeds) {
      const params = method === 'GET' ? paramsOf(feed.path, parts) : undefined;
      if (params) return { plugin, params, feed };
    }
  }
  throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
}

/** A parameter is an id that somebody may have given to a thing; undefined where the path is another. */
export function paramsOf(template: AnnouncedEdge['path'], parts: readonly string[]): PathParams | undefined {
  const wanted = template.split('/');
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const want = wanted[index]!;
    if (want.startsWith(':')) {
      if (!isGivenId(part)) return undefined;
      params[want.slice(1)] = part;
    } else if (want !== part) return undefined;
  }
  return params;
}
