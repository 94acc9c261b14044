import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** This repository as a person would have cloned it; its packages are those that are installed here. */
export class RepositoryCopy {
  private constructor(readonly directory: string) {}

  static async make(): Promise<RepositoryCopy> {
    const copy = new RepositoryCopy(await realpath(await mkdtemp(join(tmpdir(), 'weinao-copy-'))));
    const files = await copy.filesHere();
    for (const file of files) {
      const target = join(copy.directory, file);
      await mkdir(dirname(target), { recursive: true });
      await cp(join(root, file), target);
    }
    await copy.linkPackages(files);
    return copy;
  }

  /** As `git clone` leaves it: everything is committed. */
  async commit(): Promise<void> {
    await run('git', ['init', '--quiet'], { cwd: this.directory });
    await run('git', ['add', '--all'], { cwd: this.directory });
    const author = ['-c', 'user.name=weinao', '-c', 'user.email=weinao@example.org'];
    await run('git', [...author, 'commit', '--quiet', '-m', 'A clone'], { cwd: this.directory });
  }

  /** Runs a program of Node here, such as a package's. */
  async node(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    try {
      const { stdout, stderr } = await run(process.execPath, args, {
        cwd: this.directory,
        env: { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false', NO_COLOR: '1', ...environment },
        maxBuffer: 2 ** 24,
      });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    }
  }

  weinao(...args: string[]): Promise<Ended> {
    return this.node(['apps/standalone/bin/weinao.mjs', ...args]);
  }

  /** @returns what it prints. @throws Error where a command fails */
  async shell(script: string): Promise<string> {
    const environment = { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false', NO_COLOR: '1' };
    const options = { cwd: this.directory, env: environment };
    return (await run('bash', ['-euc', script], options)).stdout;
  }

  textOf(path: string): Promise<string> {
    return readFile(join(this.directory, path), 'utf8');
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Tracked or new, without what is deleted. */
  private async filesHere(): Promise<string[]> {
    const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
    const { stdout } = await run('git', list, { cwd: root, maxBuffer: 2 ** 24 });
    const deleted = await run('git', ['ls-files', '--deleted', '-z'], { cwd: root });
    const gone = new Set(deleted.stdout.split('\0'));
    return stdout.split('\0').filter((file) => file !== '' && !gone.has(file));
  }

  /** Its own workspaces are linked as they are here: relative to the repository. */
  private async linkPackages(files: readonly string[]): Promise<void> {
    const modules = join(root, 'node_modules');
    await mkdir(join(this.directory, 'node_modules', '@weinao'), { recursive: true });
    for (const name of await readdir(modules)) {
      if (name !== '@weinao' && name !== '.package-lock.json')
        await symlink(join(modules, name), join(this.directory, 'node_modules', name));
    }
    const lock = join('node_modules', '.package-lock.json');
    await cp(join(root, lock), join(this.directory, lock));
    for (const name of await readdir(join(modules, '@weinao')))
      await symlink(
        await readlink(join(modules, '@weinao', name)),
        join(this.directory, 'node_modules', '@weinao', name),
      );
    const projects = new Set(files.filter((file) => file.endsWith('/package.json')).map(dirname));
    for (const project of projects) await this.linkOwnPackages(join(project, 'node_modules'));
  }

  /** What npm put beside a single workspace. */
  private async linkOwnPackages(path: string): Promise<void> {
    if (existsSync(join(root, path))) await symlink(join(root, path), join(this.directory, path));
  }
}
