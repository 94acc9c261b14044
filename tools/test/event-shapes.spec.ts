import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventShapesOf } from '../contracts/event-shapes.ts';
import { examplesOf } from '../contracts/examples.ts';
import { isSameShape, selfContained } from '../contracts/shape.ts';
import type { EventShape } from '../contracts/shape.ts';

const SETTINGS = fileURLToPath(new URL('../../tsconfig.base.json', import.meta.url));
const BEFORE = `{ title: string; where: Place; urgency: 'LOW' | 'HIGH'; until?: string | null; parts: Part[] }`;
const change = (from: string, to: string): string => BEFORE.replace(from, to);

/** Data of the events of a made-up decider, by their types. */
const OTHER: Readonly<Record<string, string>> = {
  'a field more': change('title: string', 'title: string; summary?: string'),
  'a field less': change('until?: string | null;', ''),
  'a field that was not needed before': change('until?', 'until'),
  'a field that may be absent now': change('urgency', 'urgency?'),
  'a field of another type': change('title: string', 'title: number'),
  'a member more': change("'HIGH'", "'HIGH' | 'ALARM'"),
  'a member less': change("'LOW' |", ''),
  'a field that may be null now': change('title: string', 'title: string | null'),
  'a list in place of one': change('where: Place', 'where: Place[]'),
  'another named type': change('Place', 'Part'),
};
const SAME: Readonly<Record<string, string>> = {
  'words about it': change('title', '/** In one line. */ title'),
  'members in another order': change("'LOW' | 'HIGH'", "'HIGH' | 'LOW'"),
  'fields in another order': change('title: string; where: Place', 'where: Place; title: string'),
  'a named type under another name': change('Place', 'Spot').replace('Part', 'Piece'),
  'a named type written out': change('Place', '{ building: string | null; unit: string }'),
  'what may not be written anyway': change('title: string', 'readonly title: string'),
};

const domainOf = (events: Readonly<Record<string, string>>): string => `
  export interface Place { unit: string; building: null | string }
  export interface Spot { building: string | null; unit: string }
  export interface Part { name: string; parts: Part[] }
  export interface Piece { parts: Piece[]; name: string }
  type Fact<Type extends string, Data> = { type: Type; data: Data };
  export type Anything = ${Object.entries(events)
    .map(([type, data]) => `\n    | { type: '${type}'; data: ${data} }`)
    .join('')};
  export const decider = {
    category: 'thing',
    initial: {},
    decide: (): readonly Anything[] => [],
    evolve: (state: object): object => state,
  };
  export const noDecider = { decide: (): readonly Fact<'Foreign', string>[] => [] };
`;

let directory: string;

async function shapesOf(folder: string, files: Readonly<Record<string, string>>) {
  await mkdir(join(directory, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, folder, name), text);
  return eventShapesOf(join(directory, folder), SETTINGS);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weinao-shapes-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the shapes of events', () => {
  let shapes: Map<string, EventShape>;

  beforeAll(async () => {
    shapes = await shapesOf('compared', { 'a.decider.ts': domainOf({ before: BEFORE, ...OTHER, ...SAME }) });
  });

  const shape = (type: string) => selfContained(shapes.get(type)!);

  it('are those of what deciders return, and of nothing else', () => {
    expect([...shapes.keys()]).toEqual(['before', ...Object.keys(OTHER), ...Object.keys(SAME)]);
  });

  it.each(Object.keys(OTHER))('differ by %s', (type) => {
    expect(isSameShape(shape('before'), shape(type))).toBe(false);
    expect(isSameShape(shape(type), shape('before'))).toBe(false);
  });

  it.each(Object.keys(SAME))('do not differ by %s', (type) => {
    expect(isSameShape(shape('before'), shape(type))).toBe(true);
  });

  it('stand by themselves; only a type within itself keeps its name', () => {
    const { properties, definitions } = shape('before');
    expect(properties).toMatchObject({
      where: { type: 'object' },
      parts: { items: { $ref: '#/definitions/Part' } },
    });
    expect(Object.keys(definitions!)).toEqual(['Part']);
  });

  it('are the same on every machine: wherever the folder is, and however its lines end', async () => {
    const text = domainOf({ before: BEFORE.replace('title', '/** In\n * two lines. */ title') });
    const generic = text
      .replace('title: string', 'title: Box<{ b: string }>')
      .concat('export interface Box<Value> { value: Value; within: Box<Value> | null }');
    const here = await shapesOf('here', { 'a.decider.ts': generic });
    const there = await shapesOf(join('there', 'Ünï 目录', 'domain'), {
      'z.decider.ts': generic.replaceAll('\n', '\r\n'),
    });
    expect(JSON.stringify([...there])).toBe(JSON.stringify([...here]));
    expect(Object.keys(here.get('before')!.definitions)).toContainEqual(
      expect.stringMatching(/^Box_[0-9a-f]{8}$/),
    );
  });

  it.each([
    [
      'two shapes',
      "{ type: 'A'; data: { a: string } } | { type: 'A'; data: { a: number } }",
      'return A, each with',
    ],
    ['no type', '{ type: string; data: { a: string } }', 'its type is no single text'],
    [
      'data that only a type parameter names',
      "Fact<'A', { a: string }>",
      'The data of A has no shape of its own',
    ],
    ['no data', "{ type: 'A' }", 'The data of A has no shape of its own'],
  ])('cannot be told of an event with %s', async (name, event, message) => {
    const text = domainOf({}).replace('export type Anything = ', `export type Anything = ${event}`);
    await expect(shapesOf(name, { 'a.decider.ts': text })).rejects.toThrow(message);
  });
});

describe('examples', () => {
  it('show every member and every alternative, from the least to the fullest', async () => {
    const domain = domainOf({
      any: "{ a?: { b: 'X' | 'Y' } | { c: boolean } | null; d: 1 | 2 | 3; more: { [key: string]: number } }",
    });
    const shape = selfContained((await shapesOf('examples', { 'a.decider.ts': domain })).get('any')!);
    const examples = examplesOf(shape) as { a?: unknown; d: number }[];
    expect(examples.slice(0, 2)).toEqual([
      { d: 1, more: {} },
      { a: { b: 'X' }, d: 1, more: { example: 1 } },
    ]);
    const seen = new Set(examples.flatMap(({ a, d }) => [JSON.stringify(a), d]));
    const all = ['{"b":"X"}', '{"b":"Y"}', '{"c":true}', '{"c":false}', 'null', undefined, 1, 2, 3];
    expect(seen).toEqual(new Set(all));
    expect(examplesOf(shape)).toEqual(examples);
  });

  it('of a type within itself come to an end', async () => {
    const domain = domainOf({ any: '{ part: Part; tree: Tree }' }).concat(
      'export type Tree = { left: Tree | null; name: string } | { leaf: true };',
    );
    const shape = selfContained((await shapesOf('trees', { 'a.decider.ts': domain })).get('any')!);
    expect(examplesOf(shape)).toContainEqual({
      part: { name: '示例 name', parts: [{ name: '', parts: [] }] },
      tree: { left: { left: null, name: '' }, name: '示例 name' },
    });
  });
});
