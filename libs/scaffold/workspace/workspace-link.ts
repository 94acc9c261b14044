import { join } from 'node:path';
import type { ChangeSet } from './change-set.ts';

export interface WorkspacePackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface LockFile {
  packages: Record<string, object>;
}

const STANDALONE = 'apps/standalone';

/**
 * Links a plugin that needs no package but those that are installed, and writes down what npm would have written. So
 * it is there at once, and without a registry.
 */
export async function linkWorkspace(
  changes: ChangeSet,
  folder: string,
  description: WorkspacePackage,
): Promise<void> {
  const { name, version, license, dependencies } = description;
  await dependOn(changes, name);
  for (const lock of ['package-lock.json', 'node_modules/.package-lock.json']) {
    const content = JSON.parse(await changes.textOf(lock)) as LockFile;
    const standalone = content.packages[STANDALONE] as WorkspacePackage | undefined;
    content.packages = inOrder({
      ...content.packages,
      [folder]: { name, version, license, dependencies },
      [`node_modules/${name}`]: { resolved: folder, link: true },
      ...(standalone && { [STANDALONE]: withDependency(standalone, name) }),
    });
    await changes.put(lock, json(content));
  }
  changes.link(join('node_modules', name), join('..', '..', folder));
}

async function dependOn(changes: ChangeSet, name: string): Promise<void> {
  const path = `${STANDALONE}/package.json`;
  const standalone = JSON.parse(await changes.textOf(path)) as WorkspacePackage;
  await changes.put(path, json(withDependency(standalone, name)));
}

const withDependency = (one: WorkspacePackage, name: string): WorkspacePackage => ({
  ...one,
  dependencies: inOrder({ ...one.dependencies, [name]: '*' }),
});

/** As npm orders them. */
const inOrder = <Value>(entries: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => a.localeCompare(b, 'en')));

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
