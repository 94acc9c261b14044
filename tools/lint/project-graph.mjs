import { createProjectGraphAsync } from '@nx/devkit';

/** The boundary rule reads the graph from Nx's cache only, and lets everything pass where there is none. */
export async function cacheProjectGraph() {
  process.env.NX_DAEMON ??= 'false';
  await createProjectGraphAsync({ exitOnError: false });
}
