import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackages } from '../packages/build-packages.ts';

const NAMES = ['weinao-events', 'weinao-plugins'];

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weinao-packages-spec-'));
  await buildPackages(directory);
  for (const name of NAMES) {
    await mkdir(join(directory, name));
    execFileSync('tar', ['-xzf', `${name}.tgz`, '-C', name, '--strip-components=1'], { cwd: directory });
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const manifestOf = async (name: string) =>
  JSON.parse(await readFile(join(directory, name, 'package.json'), 'utf8'));

const filesOf = (name: string): string[] =>
  execFileSync('tar', ['-tzf', `${name}.tgz`], { cwd: directory, encoding: 'utf8' })
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));

describe('the packages for plugins from outside', () => {
  it('bring JavaScript with source maps, declarations, licence and README, and nothing that tests them', () => {
    for (const name of NAMES) {
      const files = filesOf(name);
      for (const needed of ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.js.map', 'dist/index.d.ts'])
        expect(files).toContain(needed);
      expect(files.filter((file) => /\.spec\.|(^|\/)test\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
    }
  });

  it('ask for exact versions, and of what an author imports beside them for the same copy', async () => {
    const { dependencies, peerDependencies, private: hidden } = await manifestOf('weinao-plugins');
    expect(hidden).toBeUndefined();
    const versions = Object.values({ ...dependencies, ...peerDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version as string))).toEqual([]);
    const { version } = await manifestOf('weinao-events');
    expect(peerDependencies).toMatchObject({ '@weinao/events': version, typeorm: expect.any(String) });
    expect(dependencies).not.toHaveProperty('typeorm');
  });

  it('refer to their own files by names that are there', async () => {
    for (const name of NAMES) {
      for (const file of ['dist/index.js', 'dist/index.d.ts']) {
        const text = await readFile(join(directory, name, file), 'utf8');
        const endings = [...text.matchAll(/from ['"]\.[^'"]*(\.\w+)['"]/g)].map(([, ending]) => ending);
        expect(endings.length).toBeGreaterThan(10);
        expect(new Set(endings)).toEqual(new Set(['.js']));
      }
    }
  });
});
