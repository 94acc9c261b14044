import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOf, PUBLISHED, root } from './published.ts';
import type { PublishedName } from './published.ts';

type Versions = Readonly<Record<string, string>>;

interface WorkspaceManifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Versions;
  readonly devDependencies?: Versions;
}

/**
 * What an author imports beside us must be the very copy that the host imports: decorators write into registries of
 * these packages, and two copies would have two.
 */
const SHARED_WITH_AUTHORS: Readonly<Record<PublishedName, readonly string[]>> = {
  events: [],
  plugins: [
    ...['@nestjs/common', '@nestjs/core', '@nestjs/graphql', '@nestjs/microservices'],
    ...['class-transformer', 'class-validator', 'graphql', 'reflect-metadata', 'rxjs', 'typeorm'],
    '@weinao/events',
  ],
};

const DESCRIPTIONS: Readonly<Record<PublishedName, string>> = {
  events: 'The event kernel of Weinao (微脑): deciders, projections, reactions, timers',
  plugins: 'The plugin SDK of Weinao (微脑), and the host that runs a plugin as a service',
};

/** The package.json of the package as others install it. */
export async function packageManifest(name: PublishedName): Promise<object> {
  const { version, license, dependencies } = await read(join(folderOf(name), 'package.json'));
  const { devDependencies = {} } = await read(join(root, 'package.json'));
  const wanted = { ...dependencies, '@types/pg': devDependencies['@types/pg']! }; // its types stand in ours
  const exact = Object.entries(wanted).map(([of, at]) => [of, isOurs(of) ? version : at] as const);
  const isShared = ([of]: readonly [string, string]): boolean => SHARED_WITH_AUTHORS[name].includes(of);
  return {
    name: `@weinao/${name}`,
    version,
    description: DESCRIPTIONS[name],
    license,
    type: 'module',
    engines: { node: '>=24' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    dependencies: Object.fromEntries(exact.filter((entry) => !isShared(entry))),
    peerDependencies: Object.fromEntries(exact.filter(isShared)),
  };
}

const isOurs = (name: string): boolean => PUBLISHED.some((published) => name === `@weinao/${published}`);

const read = async (file: string): Promise<WorkspaceManifest> =>
  JSON.parse(await readFile(file, 'utf8')) as WorkspaceManifest;
