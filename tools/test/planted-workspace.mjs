import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../installation.mjs';

const rules = [
  'eslint.config.mjs',
  '.dependency-cruiser.mjs',
  'nx.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/** A workspace under the rules of this one, with files of our choosing: what breaks a rule may not lie in this one. */
export class PlantedWorkspace {
  constructor(directory) {
    this.directory = directory;
  }

  static async plant(projects, files) {
    const workspace = new PlantedWorkspace(await realpath(await mkdtemp(join(tmpdir(), 'weinao-planted-'))));
    await workspace.takeRules();
    await workspace.linkPackages(projects);
    for (const [path, layer] of Object.entries(projects)) await workspace.addProject(path, layer);
    for (const [path, text] of Object.entries(files)) await workspace.write(path, text);
    return workspace;
  }

  remove() {
    return rm(this.directory, { recursive: true, force: true });
  }

  /** What ESLint says about each file, by its path. */
  lint() {
    const { stdout, stderr } = this.run('eslint/bin/eslint.js', ['.', '--format', 'json']);
    if (stdout === '') throw new Error(stderr);
    return new Map(
      JSON.parse(stdout).map(({ filePath, messages }) => [
        filePath.slice(this.directory.length + 1),
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      ]),
    );
  }

  /** What `npm run boundaries` prints, with its lines unfolded. */
  cruise() {
    const options = ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', 'apps', 'libs'];
    const { stdout, stderr } = this.run('dependency-cruiser/bin/dependency-cruise.mjs', options);
    return `${stdout}${stderr}`.replaceAll(/\n {4}/g, ' ');
  }

  run(program, args) {
    return spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: this.directory,
      env: { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false', NO_COLOR: '1', FORCE_COLOR: '0' },
      encoding: 'utf8',
    });
  }

  async takeRules() {
    for (const file of rules) await cp(join(root, file), join(this.directory, file));
    await cp(join(root, 'tools', 'lint'), join(this.directory, 'tools', 'lint'), { recursive: true });
    const workspaces = ['libs/*', 'apps/gateway', 'apps/standalone', 'apps/services/*'];
    await this.write('package.json', JSON.stringify({ name: 'planted', type: 'module', workspaces }));
  }

  /** Its packages are ours, its projects are its own. */
  async linkPackages(projects) {
    const modules = join(this.directory, 'node_modules');
    await mkdir(join(modules, '@weinao'), { recursive: true });
    for (const name of await readdir(join(root, 'node_modules'))) {
      if (name.startsWith('.') || name === '@weinao') continue;
      await symlink(join(root, 'node_modules', name), join(modules, name));
    }
    for (const path of Object.keys(projects)) {
      await symlink(join(this.directory, path), join(modules, '@weinao', path.split('/').at(-1)));
    }
  }

  addProject(path, layer) {
    const name = `@weinao/${path.split('/').at(-1)}`;
    const description = {
      name,
      type: 'module',
      exports: { '.': './index.ts' },
      nx: { tags: [`layer:${layer}`] },
    };
    return this.write(join(path, 'package.json'), JSON.stringify(description));
  }

  async write(path, text) {
    const file = join(this.directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
