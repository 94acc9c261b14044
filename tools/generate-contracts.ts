// Writes what each plugin promises to others into its contract/: its subgraphs and its published events; and, for ever,
// each shape that its events ever had. With --check it writes nothing and fails where a committed file is not what the
// sources say. With ids of plugins it looks at these alone.
import 'reflect-metadata';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from '@weinao/plugins';
import { isStale, write } from './contracts/contract-file.ts';
import type { ContractFile } from './contracts/contract-file.ts';
import { eventShapesOf } from './contracts/event-shapes.ts';
import { lookAtGoldenFiles } from './contracts/golden-files.ts';
import { publishedEvents } from './contracts/published-events.ts';
import { subgraphsOf } from './contracts/subgraph-files.ts';
import { plugins } from '../apps/standalone/plugins.ts';

interface Contract {
  /** Written anew whenever the sources say something else. */
  readonly files: readonly ContractFile[];
  /** Written once. */
  readonly missing: readonly ContractFile[];
  readonly problems: readonly string[];
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const REMEDY = 'Run `npm run contracts`, look at the difference, and commit it.';

async function contractOf(plugin: Plugin): Promise<Contract> {
  const { manifest, upcasters = {} } = plugin;
  const folder = join(root, 'apps', 'services', manifest.id);
  const contract = join(folder, 'contract');
  const shapes = await eventShapesOf(join(folder, 'domain'), join(root, 'tsconfig.base.json'));
  const files = [
    ...(await subgraphsOf(plugin)),
    { name: 'events.schema.json', text: publishedEvents(manifest, shapes) },
  ];
  return {
    files: files.map(({ name, text }) => ({ path: join(contract, name), text })),
    ...(await lookAtGoldenFiles({ shapes, upcasters, folder: join(contract, 'golden') })),
  };
}

const shown = (text: string): string => text.replaceAll(join(root, '/'), '');

const ids = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = plugins.filter(({ manifest }) => ids.length === 0 || ids.includes(manifest.id));
const contracts = await Promise.all(chosen.map(contractOf));
const files = contracts.flatMap((contract) => contract.files);
const missing = contracts.flatMap((contract) => contract.missing);
const problems = contracts.flatMap((contract) => contract.problems).map(shown);
const stale: ContractFile[] = [];
for (const file of files) if (await isStale(file)) stale.push(file);

if (process.argv.includes('--check')) {
  problems.push(
    ...stale.map(({ path }) => `${relative(root, path)} is not what the sources say. ${REMEDY}`),
    ...missing.map(({ path }) => `${relative(root, path)} is missing. ${REMEDY}`),
  );
} else {
  for (const file of [...stale, ...missing]) {
    await write(file);
    console.log(`Wrote ${relative(root, file.path)}`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`All ${files.length} contract files and the golden files are what the sources say.`);
