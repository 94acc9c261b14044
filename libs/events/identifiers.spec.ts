import { describe, expect, it } from '@jest/globals';
import { derivedId, fingerprint, isSafeId, newId, safeId } from './identifiers.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the id of a community or plugin', () => {
  it.each(['a', 'sunshine', 'elderly-care', '15-minutes', `a${'b'.repeat(63)}`])('may be %s', (id) => {
    expect(isSafeId(id)).toBe(true);
    expect(safeId(id)).toBe(id);
  });

  it.each(['', '-a', 'A', 'a.b', 'a*', '>', 'a b', 'a\u0000', 'a\n', '阳光', '../x', `a${'b'.repeat(64)}`])(
    'may not be %j',
    (id) => {
      expect(isSafeId(id)).toBe(false);
      expect(() => safeId(id)).toThrow('is not an id');
    },
  );
});

describe('a derived id', () => {
  it('is the same UUID of version 8 for the same parts', () => {
    expect(derivedId('command', 0)).toBe(derivedId('command', 0));
    expect(UUID.exec(derivedId('command', 0))?.[1]).toBe('8');
  });

  it('differs with every part, and with where one ends', () => {
    const ids = [
      derivedId('a', 0),
      derivedId('a', 1),
      derivedId('b', 0),
      derivedId('a0'),
      derivedId('a', '0'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a new id', () => {
  it('is a UUID that nobody has had', () => {
    expect(newId()).toMatch(UUID);
    expect(newId()).not.toBe(newId());
  });
});

describe('a fingerprint', () => {
  it('is equal for equal values, whatever the order of their fields', () => {
    const one = { title: '灯', where: { floor: 3, door: 'B' }, tags: ['a', 'b'] };
    const other = { tags: ['a', 'b'], where: { door: 'B', floor: 3 }, title: '灯' };
    expect(fingerprint(one)).toBe(fingerprint(other));
  });

  it.each([
    ['a value', { a: 1 }, { a: 2 }],
    ['a type', { a: 1 }, { a: '1' }],
    ['a name', { a: 1 }, { b: 1 }],
    ['the order of a list', ['a', 'b'], ['b', 'a']],
    ['null and nothing', { a: null }, {}],
    ['a level', { a: { b: 1 } }, { a: 1, b: 1 }],
  ])('tells %s apart', (_name, one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });
});
