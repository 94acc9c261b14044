import { readdir, readFile } from 'node:fs/promises';
import { newestVersion, upcast } from '@weinao/events';
import type { DomainEvent, Projection, Recorded } from '@weinao/events';
import type { Plugin } from '@weinao/plugins';
import type { AnySchemaObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { deepFreeze } from '../deciders/frozen.ts';
import { MemoryTables } from '../projections/memory.tables.ts';
import { recorded, recordedInOrder } from '../projections/recorded.builder.ts';

/** One shape that an event once had, as `npm run contracts` stored it for ever. */
export interface GoldenEvent {
  readonly type: string;
  readonly schemaVersion: number;
  /** JSON Schema of the event's data. */
  readonly shape: AnySchemaObject;
  readonly examples: readonly object[];
}

/** What a decider does with the past; nothing is decided here. */
export interface Evolving {
  readonly initial: unknown;
  evolve(state: unknown, event: DomainEvent): unknown;
}

const ajvOf = (): Ajv => new Ajv({ strict: false, validateFormats: false, allErrors: true });

export type ReadingPlugin = Pick<Plugin, 'upcasters' | 'projections'>;

/** @param folder of the plugin */
export async function readGoldenEvents(folder: URL): Promise<GoldenEvent[]> {
  const golden = new URL('contract/golden/', folder);
  const names = (await readdir(golden)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, golden), 'utf8')) as GoldenEvent),
  );
}

/** The deciders that domain/ exports; known by what they can do, so that none is forgotten. */
export async function decidersIn(folder: URL): Promise<Evolving[]> {
  const domain = new URL('domain/', folder);
  const names = (await readdir(domain)).filter((name) => /(?<!\.spec)\.ts$/.test(name));
  const modules = await Promise.all(
    names.map((name) => import(new URL(name, domain).href) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module).filter(isDecider));
}

const isDecider = (value: unknown): value is Evolving =>
  typeof value === 'object' && value !== null && 'decide' in value && 'evolve' in value;

/** Every example, in the shape in which it was stored. */
export const storedExamples = (golden: readonly GoldenEvent[]): Recorded[] =>
  golden.flatMap(({ type, schemaVersion, examples }) =>
    examples.map((data) => recorded({ type, data }, { schemaVersion })),
  );

/** What does not fit the shape that is stored of the event; further fields do. */
export function problemsOfShape({ type, shape }: GoldenEvent, all: readonly object[]): string[] {
  const validate = ajvOf().compile(shape);
  const faults = all.map((data) => faultOf(validate, { data }));
  return faults.filter((fault) => fault !== undefined).map((fault) => `${type}: ${fault}`);
}

/** What keeps the plugin from reading what it, or an older version of it, has written; empty where all is well. */
export function problemsOfReading(
  golden: readonly GoldenEvent[],
  plugin: ReadingPlugin,
  deciders: readonly Evolving[],
): string[] {
  const ajv = ajvOf();
  const shapes = new Map(golden.map((one) => [`${one.type} ${one.schemaVersion}`, ajv.compile(one.shape)]));
  const newest = new Map(golden.map((one) => [one.type, newestShape(ajv, golden, plugin, one.type)]));
  const lifted: Recorded[] = [];
  const problems = storedExamples(golden).flatMap((stored) => {
    const { type, schemaVersion } = stored;
    const named = (text: string): string =>
      `${type} of version ${schemaVersion}, ${JSON.stringify(stored.data)}: ${text}`;
    const own = faultOf(shapes.get(`${type} ${schemaVersion}`)!, stored);
    if (own) return [named(`it does not fit its own shape: ${own}`)];
    return attempt(() => {
      const event = upcast(deepFreeze(stored), plugin.upcasters ?? {});
      const fault = newest.get(type)!(event);
      if (fault) throw new Error(`lifted to version ${event.schemaVersion}, ${fault}`);
      lifted.push(event);
      readBy([event], plugin, deciders);
    }).map(named);
  });
  const together = attempt(() => readBy(recordedInOrder(lifted), plugin, deciders));
  return [...problems, ...together.map((text) => `All of them one after the other: ${text}`)];
}

/** Looks for fields that the newest shape does not know too: a step that lifts an event takes away what is no more. */
function newestShape(
  ajv: Ajv,
  golden: readonly GoldenEvent[],
  { upcasters = {} }: ReadingPlugin,
  type: string,
): (event: Recorded) => string | undefined {
  const version = newestVersion(type, upcasters);
  const stored = golden.find((one) => one.type === type && one.schemaVersion === version);
  if (!stored) return () => `there is no golden file of version ${version}, to which the upcasters lead`;
  const validate = ajv.compile(closed(stored.shape) as AnySchemaObject);
  return (event) => faultOf(validate, event);
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('allOf' in schema) return schema; // its parts know nothing of each other's fields
  const inner = Object.entries(schema).map(([keyword, value]) => [keyword, closed(value)]);
  const open = 'properties' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(inner), ...(open ? { additionalProperties: false } : {}) } as object;
}

function faultOf(validate: ValidateFunction, { data }: Pick<Recorded, 'data'>): string | undefined {
  if (validate(data)) return undefined;
  const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const surplus = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
    return `data${instancePath} ${message}${surplus}`;
  });
  return faults.join('; ');
}

/** @throws Error saying who cannot read them */
function readBy(events: readonly Recorded[], plugin: ReadingPlugin, deciders: readonly Evolving[]): void {
  const frozen = deepFreeze([...events]);
  for (const decider of deciders) {
    frozen.reduce((state, event) => decider.evolve(state, event), decider.initial);
  }
  for (const projection of plugin.projections as readonly Projection[]) {
    new MemoryTables(projection).foldPage(frozen);
  }
}

function attempt(work: () => void): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
