import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the repository itself has installed packages, the nearer ones first. */
const INSTALLED = ['libs/plugins', 'libs/events', ''].map((folder) => join(root, folder, 'node_modules'));

const run = promisify(execFile);

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestIn = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;

/**
 * An example in a folder that is no part of the repository, with what npm would install there: ours from the tarballs, and
 * each further package that a package.json names, in that version, linked so that no registry is asked. What is not named
 * is not there.
 */
export class OutsideFolder {
  private constructor(readonly path: string) {}

  /** @throws Error for a package that the repository has not installed in that very version */
  static async of(example: string, parent: string, tarballs: readonly string[] = []): Promise<OutsideFolder> {
    const folder = new OutsideFolder(join(parent, example));
    await cp(join(root, 'examples', 'plugins', example), folder.path, {
      recursive: true,
      filter: (file) => !['node_modules', 'dist'].includes(basename(file)),
    });
    const ours = await Promise.all(tarballs.map((tarball) => folder.unpack(tarball)));
    for (const manifest of [await manifestIn(folder.path), ...ours]) await folder.install(manifest);
    return folder;
  }

  /** Runs Node in the folder. @throws Error with what it printed, where it fails */
  async node(...args: readonly string[]): Promise<string> {
    const { NODE_OPTIONS: _ofJest, ...env } = process.env;
    try {
      return (await run(process.execPath, args, { cwd: this.path, env })).stdout;
    } catch (error) {
      throw new Error(`node ${args.join(' ')} failed:\n${(error as { stdout: string }).stdout}`, {
        cause: error,
      });
    }
  }

  private async unpack(tarball: string): Promise<Manifest> {
    const name = basename(tarball, '.tgz').replace('weinao-', '@weinao/');
    const target = join(this.path, 'node_modules', name);
    await mkdir(target, { recursive: true });
    await run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
    return manifestIn(target);
  }

  private async install({ dependencies, peerDependencies, devDependencies }: Manifest): Promise<void> {
    const wanted = { ...dependencies, ...peerDependencies, ...devDependencies };
    for (const [name, version] of Object.entries(wanted)) {
      if (name.startsWith('@weinao/')) continue; // came from its tarball, or is missed
      const link = join(this.path, 'node_modules', name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(await installed(name, version), link).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
  }
}

async function installed(name: string, version: string): Promise<string> {
  for (const folder of INSTALLED.map((packages) => join(packages, name))) {
    const manifest = await manifestIn(folder).catch(() => undefined);
    if (manifest?.version === version) return folder;
  }
  throw new Error(`${name} ${version} is not installed`);
}
