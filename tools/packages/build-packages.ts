import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileInto, declareInto } from './compilation.ts';
import { packageManifest } from './package-manifest.ts';
import { folderOf, PUBLISHED, root } from './published.ts';
import type { PublishedName } from './published.ts';

/**
 * Builds each published package into `<directory>/weinao-<name>.tgz`, which npm installs.
 *
 * @returns the tarballs
 * @throws Error when a source does not compile
 */
export async function buildPackages(directory: string): Promise<string[]> {
  const temporary = await mkdtemp(join(tmpdir(), 'weinao-packages-'));
  try {
    // npm wants everything of a tarball in one folder, and strips its name
    const folder = (name: PublishedName): string => join(temporary, name, 'package');
    const dist = (name: PublishedName): string => join(folder(name), 'dist');
    await mkdir(directory, { recursive: true });
    for (const name of PUBLISHED) await compileInto(dist(name), name);
    await declareInto({ events: dist('events'), plugins: dist('plugins') }, temporary);
    return await Promise.all(PUBLISHED.map((name) => pack(name, join(temporary, name), directory)));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function pack(name: PublishedName, temporary: string, directory: string): Promise<string> {
  const folder = join(temporary, 'package');
  const manifest = JSON.stringify(await packageManifest(name), undefined, 2);
  await writeFile(join(folder, 'package.json'), `${manifest}\n`);
  await copyFile(join(folderOf(name), 'README.md'), join(folder, 'README.md'));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const tarball = join(directory, `weinao-${name}.tgz`);
  await promisify(execFile)('tar', ['-czf', tarball, '-C', temporary, 'package']);
  return tarball;
}
