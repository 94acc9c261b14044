import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upcasters } from '@weinao/events';
import type { Definition } from 'ts-json-schema-generator';
import type { ContractFile } from './contract-file.ts';
import { examplesOf } from './examples.ts';
import { isSameShape, selfContained } from './shape.ts';
import type { EventShape } from './shape.ts';

export interface GoldenFindings {
  /** Of events, or versions of events, that are new. */
  readonly missing: readonly ContractFile[];
  /** Sentences that name the event, its file and the remedy; no file that could be written would help. */
  readonly problems: readonly string[];
}

export interface PluginEvents {
  readonly shapes: ReadonlyMap<string, EventShape>;
  readonly upcasters: Upcasters;
  /** Holds one file for each shape that was ever written of each event. */
  readonly folder: string;
}

const FILE = /^([A-Za-z0-9]+)\.v([1-9][0-9]*)\.json$/;
const fileOf = (type: string, version: number): string => `${type}.v${version}.json`;
const FROM_HISTORY = 'Take it back from the history of the repository: what was stored must stay readable.';

/** Holds what the types say now against what is stored for ever. */
export async function lookAtGoldenFiles(events: PluginEvents): Promise<GoldenFindings> {
  const names = await namesIn(events.folder);
  const types = new Set([
    ...events.shapes.keys(),
    ...Object.keys(events.upcasters),
    ...names.flatMap((name) => FILE.exec(name)?.[1] ?? []),
  ]);
  const missing: ContractFile[] = [];
  const problems = names
    .filter((name) => !FILE.test(name))
    .map(
      (name) => `${join(events.folder, name)} is no golden file: they are called <Event>.v<version>.json.`,
    );
  for (const type of [...types].sort()) {
    problems.push(...problemsOfVersions(type, names, events));
    const found = await lookAtNewest(type, names, events);
    if (typeof found === 'string') problems.push(found);
    else if (found) missing.push(found);
  }
  return { missing, problems };
}

const newestOf = (type: string, { upcasters }: PluginEvents): number => (upcasters[type] ?? []).length + 1;

/** Every version below the newest must be there, and none above it. */
function problemsOfVersions(type: string, names: readonly string[], events: PluginEvents): string[] {
  const newest = newestOf(type, events);
  const older = Array.from({ length: newest - 1 }, (_, index) => fileOf(type, index + 1));
  const gone = older
    .filter((name) => !names.includes(name))
    .map(
      (name) =>
        `${join(events.folder, name)} is missing, but upcasters lift ${type} to version ${newest}. ${FROM_HISTORY}`,
    );
  const beyond = names
    .filter((name) => FILE.exec(name)?.[1] === type && Number(FILE.exec(name)?.[2]) > newest)
    .map(
      (name) =>
        `${join(events.folder, name)} is newer than the upcasters of ${type}, which end at version ${newest}. Put back the upcaster from ${newest}.`,
    );
  return [...gone, ...beyond];
}

/** @returns the file to write, what is wrong, or nothing. */
async function lookAtNewest(
  type: string,
  names: readonly string[],
  events: PluginEvents,
): Promise<ContractFile | string | undefined> {
  const version = newestOf(type, events);
  const name = fileOf(type, version);
  const path = join(events.folder, name);
  const written = events.shapes.get(type);
  if (!names.includes(name)) {
    if (written) return { path, text: golden(type, version, selfContained(written)) };
    return `${path} is missing, and no decider returns ${type} any more. ${FROM_HISTORY}`;
  }
  const { shape } = JSON.parse(await readFile(path, 'utf8')) as { shape: Definition };
  if (!written || isSameShape(shape, selfContained(written))) return undefined;
  return `${path} says another shape of ${type} than its type in domain/. What is stored keeps its shape: add an upcaster from ${version} and run \`npm run contracts\`.`;
}

function golden(type: string, schemaVersion: number, shape: Definition): string {
  return `${JSON.stringify({ type, schemaVersion, shape, examples: examplesOf(shape) }, null, 2)}\n`;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
