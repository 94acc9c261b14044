import { join } from 'node:path';
import { buildPackages } from './build-packages.ts';
import { root } from './published.ts';

const [directory = join(root, 'dist', 'packages')] = process.argv.slice(2);
for (const tarball of await buildPackages(directory)) console.log(tarball);
