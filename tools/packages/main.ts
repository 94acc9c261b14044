import { join, relative } from 'node:path';
import { buildPackages } from './build-packages.ts';
import { root } from './published.ts';

for (const tarball of await buildPackages(join(root, 'dist', 'packages')))
  console.log(relative(root, tarball));
