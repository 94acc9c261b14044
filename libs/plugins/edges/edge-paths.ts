import { MOST_EDGE_BYTES } from './edge.ts';
import type { HttpEdge } from './edge.ts';
import type { HttpFeed } from './feed.ts';

const FIXED = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const PARAM = /^:[a-z][A-Za-z0-9]*$/;
/** Where the gateway itself answers. */
const TAKEN = ['graphql', 'schema.graphql'];

/** @throws Error for an address that cannot be served */
export function assertPaths(
  edges: readonly Pick<HttpEdge, 'method' | 'path' | 'mostBytes'>[] = [],
  feeds: readonly Pick<HttpFeed, 'path'>[] = [],
): void {
  const addresses = [...edges, ...feeds.map(({ path }) => ({ method: 'GET', path }))].map(addressOf);
  for (const [index, address] of addresses.entries()) {
    if (addresses.indexOf(address) !== index) throw new Error(`Two edges or feeds answer ${address}`);
  }
  for (const { path, mostBytes = 0 } of edges) {
    if (mostBytes > MOST_EDGE_BYTES)
      throw new Error(`The edge ${path} takes more than ${MOST_EDGE_BYTES} bytes, which no message holds`);
  }
}

/** The same for paths that differ in nothing but the names of their parameters. */
function addressOf({ method, path }: { readonly method: string; readonly path: string }): string {
  const [first, ...others] = path.split('/');
  const isPath = FIXED.test(first!) && others.every((part) => FIXED.test(part) || PARAM.test(part));
  if (!isPath || TAKEN.includes(path)) {
    throw new Error(
      `"${path}" is no path of an edge or a feed: a name, then names and :parameters, with / between`,
    );
  }
  return `${method} ${path.replaceAll(/:\w+/g, ':')}`;
}
