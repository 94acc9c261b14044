import { readFile } from 'node:fs/promises';
import { StartupError } from '@weinao/plugins';
import { ProgressLine } from './progress-line.ts';
import { OperationFailed, runOperation } from '../platform.client.ts';

/** Where what is imported goes. */
export interface ImportTarget {
  readonly plugin: string;
  readonly address: string;
  readonly token: string;
}

interface ImportReport {
  readonly created: number;
  readonly updated: number;
}

/** Below the gateway's limit for a body, whatever the characters. */
const MOST_CHARACTERS_A_REQUEST = 40_000;

/**
 * Imports a GeoJSON FeatureCollection of any size, in parts of which each is taken whole or not at all. By convention a
 * plugin that imports places has a mutation `import<Plugin>(geojson)`.
 *
 * @throws StartupError with the feature that is wrong, from 0; what was sent before is in
 */
export async function importGeojson(file: string, target: ImportTarget): Promise<void> {
  const features = await readFeatures(file);
  const progress = new ProgressLine();
  const total = { created: 0, updated: 0 };
  let done = 0;
  for (const part of partsOf(features)) {
    const { created, updated } = await send(part, done, target);
    total.created += created;
    total.updated += updated;
    done += part.length;
    progress.show(`${done} of ${features.length} features`);
  }
  progress.end(`${features.length} features: ${total.created} new, ${total.updated} known before`);
}

async function readFeatures(file: string): Promise<readonly unknown[]> {
  let collection: { type?: unknown; features?: unknown } | null;
  try {
    collection = JSON.parse(await readFile(file, 'utf8')) as typeof collection;
  } catch (error) {
    throw new StartupError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  if (collection?.type === 'FeatureCollection' && Array.isArray(collection.features))
    return collection.features as unknown[];
  throw new StartupError(`${file} is no GeoJSON FeatureCollection.`);
}

function* partsOf(features: readonly unknown[]): Generator<unknown[]> {
  let part: unknown[] = [];
  let characters = 0;
  for (const feature of features) {
    const size = JSON.stringify(feature).length;
    if (part.length > 0 && characters + size > MOST_CHARACTERS_A_REQUEST) {
      yield part;
      [part, characters] = [[], 0];
    }
    part.push(feature);
    characters += size;
  }
  if (part.length > 0) yield part;
}

async function send(
  features: readonly unknown[],
  offset: number,
  { plugin, address, token }: ImportTarget,
): Promise<ImportReport> {
  const mutation = `import${plugin.charAt(0).toUpperCase()}${plugin.slice(1)}`;
  const query = `mutation Import($geojson: JSON!) { report: ${mutation}(geojson: $geojson) { created updated } }`;
  const variables = { geojson: { type: 'FeatureCollection', features } };
  try {
    return (await runOperation<{ report: ImportReport }>(address, token, { query, variables })).report;
  } catch (error) {
    const reason =
      error instanceof OperationFailed ? inTheFile(error.message, offset) : (error as Error).message;
    throw new StartupError(
      `The import stopped: ${reason}\nWhat was sent before is in; run it again to go on.`,
    );
  }
}

/** The server counts from the part's first feature. */
const inTheFile = (message: string, offset: number): string =>
  message.replaceAll(/features\[(\d+)\]/g, (_whole, turn: string) => `features[${Number(turn) + offset}]`);
