// Writes what each plugin promises to others into its contract/: its subgraphs and its published events.
// With --check it writes nothing and fails where a committed file is not what the sources say.
import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { Plugin } from '@weinao/plugins';
import { parse, print } from 'graphql';
import { createGenerator } from 'ts-json-schema-generator';
import type { Definition, Schema } from 'ts-json-schema-generator';
import { plugins } from '../apps/standalone/plugins.ts';
import { PLUGIN_SERVICE } from '../libs/plugins/service/plugin-service.ts';
import type { PluginService } from '../libs/plugins/service/plugin-service.ts';
import { ServiceModule } from '../libs/plugins/service/service.module.ts';

interface ContractFile {
  readonly path: string;
  readonly text: string;
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SUBGRAPH_FILES = { community: 'subgraph.graphql', platform: 'platform.graphql' } as const;
const REMEDY = 'Run `npm run contracts`, look at the difference, and commit it.';

async function contractOf(plugin: Plugin): Promise<ContractFile[]> {
  const folder = join(root, 'apps', 'services', plugin.manifest.id);
  const files = [
    ...(await subgraphsOf(plugin)),
    { name: 'events.schema.json', text: eventsOf(plugin, folder) },
  ];
  return files.map(({ name, text }) => ({ path: join(folder, 'contract', name), text }));
}

/** No resolver runs while a schema is built, so nothing that one would need has to be there. */
async function subgraphsOf(plugin: Plugin): Promise<{ name: string; text: string }[]> {
  const absent = {} as never;
  const parts = { database: absent, directory: absent, commands: absent, calls: absent };
  const application = await NestFactory.createApplicationContext(
    ServiceModule.for({ plugin, ...parts, report: (message, error) => console.error(message, error) }),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  const { subgraphs } = application.get<PluginService>(PLUGIN_SERVICE);
  const files = [...subgraphs].map(([door, { sdl }]) => ({
    name: SUBGRAPH_FILES[door],
    text: inOrderOfNames(sdl),
  }));
  await application.close();
  return files;
}

/** Nest lists the types as they were loaded, which depends on the plugins beside. */
function inOrderOfNames(sdl: string): string {
  const definitions = parse(sdl, { noLocation: true }).definitions.map((definition) => ({
    name: 'name' in definition ? (definition.name?.value ?? '') : '',
    text: print(definition),
  }));
  const sorted = definitions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return `${sorted.map(({ text }) => text).join('\n\n')}\n`;
}

/** The published events, by the types in domain/ that a decider returns. */
function eventsOf({ manifest }: Plugin, folder: string): string {
  const { definitions } = createGenerator({
    path: join(folder, 'domain', '!(*.spec).ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: '*',
    skipTypeCheck: true,
    additionalProperties: true, // a later version may tell more, and who reads an event lets that pass
  }).createSchema('*') as { definitions: Record<string, Definition> };
  const shapes = Object.values(definitions).flatMap(alternatives);
  const events = manifest.publishes.toSorted().map((type): Definition => {
    const data = shapes.map(({ properties }) => dataOf(properties, type)).find(Boolean);
    if (!data) throw new Error(`${manifest.id} publishes ${type}, but no type in its domain/ describes it.`);
    const properties = { type: { type: 'string', const: type } as Definition, data };
    return { type: 'object', title: type, properties, required: ['type', 'data'] };
  });
  const schema: Schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Events that ${manifest.id} publishes`,
    description: `As CloudEvents: the type is ${manifest.id}.<type>, the data as here.`,
    oneOf: events,
    definitions: referred(events, definitions),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const alternatives = (definition: Definition): Definition[] => [
  definition,
  ...((definition.anyOf ?? []) as Definition[]),
];

function dataOf(properties: Definition['properties'], type: string): Definition | undefined {
  const kind = properties?.type as Definition | undefined;
  return kind?.const === type ? (properties?.data as Definition) : undefined;
}

/** Only the definitions that the events lead to, in the order of their names. */
function referred(from: unknown, all: Readonly<Record<string, Definition>>): Record<string, Definition> {
  const reached = new Set<string>();
  const waiting: unknown[] = [from];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    for (const [, encoded] of JSON.stringify(value).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      const name = decodeURIComponent(encoded!);
      if (!reached.has(name)) waiting.push(all[name]);
      reached.add(name);
    }
  }
  return Object.fromEntries([...reached].sort().map((name) => [name, all[name]!]));
}

async function isStale({ path, text }: ContractFile): Promise<boolean> {
  const committed = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return committed !== text;
}

const files = (await Promise.all(plugins.map(contractOf))).flat();
const stale: ContractFile[] = [];
for (const file of files) if (await isStale(file)) stale.push(file);

if (process.argv.includes('--check')) {
  for (const { path } of stale)
    console.error(`${relative(root, path)} is not what the sources say. ${REMEDY}`);
  if (stale.length === 0) console.log(`All ${files.length} contract files are what the sources say.`);
  else process.exitCode = 1;
} else {
  for (const { path, text } of stale) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    console.log(`Wrote ${relative(root, path)}`);
  }
  if (stale.length === 0) console.log(`All ${files.length} contract files were up to date.`);
}
