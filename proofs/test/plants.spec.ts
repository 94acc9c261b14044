import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { planted } from '../plants/plant.ts';
import { plants } from '../plants/plants.ts';
import { proofs } from '../proofs.ts';

const root = new URL('../../', import.meta.url);
const sourceOf = (file: string): string => readFileSync(fileURLToPath(new URL(file, root)), 'utf8');

const syntax = { jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2023' } } as const;

describe('a planted bug', () => {
  it.each(plants.map((plant) => [plant.name, plant] as const))('%s fits the sources', (_name, plant) => {
    for (const [file, edits] of Map.groupBy(plant.edits, (edit) => edit.file)) {
      const source = sourceOf(file);
      const withBug = planted(source, edits);
      expect(withBug).not.toBe(source);
      expect(() => transformSync(withBug, { ...syntax, swcrc: false })).not.toThrow();
    }
  });

  it('has a name of its own', () => {
    expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length);
  });

  it('is refused when the text that it replaces is gone, or there twice', () => {
    const edit = { file: 'some.ts', find: 'once', replace: '' };
    expect(planted('once', [edit])).toBe('');
    expect(() => planted('never', [edit])).toThrow('is there 0 times');
    expect(() => planted('once and once', [edit])).toThrow('is there 2 times');
  });
});

describe('a proof', () => {
  it.each(proofs.map((proof) => [proof.name, proof] as const))(
    '%s has a planted bug against each of its invariants',
    (name, { invariants }) => {
      const broken = plants.filter(({ proof }) => proof === name).map(({ breaks }) => breaks);
      expect([...new Set(broken)].sort()).toEqual(Object.keys(invariants).sort());
    },
  );
});
