import { describe, expect, it } from '@jest/globals';
import * as declarations from '../sources/declarations.ts';
import { addImport } from '../sources/imports.ts';
import { Unrecognised } from '../sources/unrecognised.ts';

const { appendCase, appendMethod, appendToList, appendToOptionalList, appendToUnion } = declarations;
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe('what is added to a source', () => {
  it('goes to the end of a list, also where it is empty or missing', () => {
    expect(appendToList("const m = { consumes: ['a.B'] };", 'consumes', "'c.D'")).toBe(
      "const m = { consumes: ['a.B', 'c.D'] };",
    );
    expect(appendToList('const m = { consumes: [] };', 'consumes', "'c.D'")).toBe(
      "const m = { consumes: ['c.D'] };",
    );
    expect(appendToOptionalList('f({ projections: [a], x });', 'reactions', 'b', 'projections')).toBe(
      'f({ projections: [a], reactions: [b], x });',
    );
  });

  it('is a further type, a case before the default, a method before the private ones', () => {
    expect(appendToUnion('type A = { t: 1 };', 'A', '{ t: 2 }')).toBe('type A = { t: 1 } | { t: 2 };');
    const decider = 'const d = { decide(c) { switch (c) { case 1: return 1; default: return 0; } } };';
    expect(plain(appendCase(decider, 'decide', 'case 2: return 2;'))).toBe(
      'const d = { decide(c) { switch (c) { case 1: return 1; case 2: return 2; default: return 0; } } };',
    );
    expect(plain(appendMethod('class R { a() {} /** Why. */ private b() {} }', 'R', 'c() {}'))).toBe(
      'class R { a() {} c() {} /** Why. */ private b() {} }',
    );
  });

  it('is imported once, in the order of the house', () => {
    const before = "import { b } from 'b';\nimport { y } from './y.ts';\nimport type { z } from '../z.ts';\n";
    expect(addImport(before, { names: ['a'], from: 'b' })).toMatch("import { a, b } from 'b';");
    expect(addImport(before, { names: ['b'], from: 'b' })).toBe(before);
    expect(addImport(before, { names: ['x'], from: './x.ts' })).toMatch(
      "from 'b';\nimport { x } from './x.ts';\nimport { y }",
    );
    expect(addImport(before, { names: ['z'], from: '../z.ts' }).match(/from '\.\.\/z\.ts'/g)).toHaveLength(2);
  });

  it('is shown where there is no place for it', () => {
    expect(() => appendToList('const m = {};', 'consumes', "'c.D'")).toThrow(Unrecognised);
    expect(() => appendCase('const d = {};', 'decide', 'case 2:')).toThrow('case 2:');
    expect(() => appendToUnion('type B = 1;', 'A', '2')).toThrow('type A = … | 2');
  });
});
