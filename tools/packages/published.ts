import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a plugin from outside is built against, each after those that it stands on. */
export const PUBLISHED = ['events', 'plugins'] as const;

export type PublishedName = (typeof PUBLISHED)[number];

/** Where its sources are. */
export const folderOf = (name: PublishedName): string => join(root, 'libs', name);
