import { describe, expect, it } from '@jest/globals';
import { columnName, rowKey } from './projection.ts';
import { RowSet } from './row-set.ts';

class Screen {
  communityId: string;
  id: string;
  text: string;
}

class Stray {
  id: string;
}

const table = { type: Screen, table: 'screen', key: ['communityId', 'id'] };
const key = { communityId: 'sunshine', id: 'lift-1' };
const welcome = { ...key, text: '欢迎' };

describe('the rows of a page', () => {
  it('are what was loaded until the fold changes them', () => {
    const rows = new RowSet([table]);
    rows.load(rowKey(Screen, key), welcome);
    expect(rows.isLoaded(rowKey(Screen, key))).toBe(true);
    expect(rows.get(Screen, key)).toEqual(welcome);
    expect(rows.changes()).toEqual([{ table, put: [], removed: [] }]);
  });

  it('tell a row that is not there from one that nobody asked for', () => {
    const rows = new RowSet([table]);
    rows.load(rowKey(Screen, key), undefined);
    expect(rows.get(Screen, key)).toBeUndefined();
    expect(() => rows.get(Screen, { ...key, id: 'lift-2' })).toThrow('touches() does not name it');
  });

  it('take the last of several changes, in whatever order they came', () => {
    const rows = new RowSet([table]);
    rows.put(Screen, welcome);
    rows.put(Screen, { ...welcome, text: '停水通知' });
    expect(rows.changes()).toEqual([{ table, put: [{ ...welcome, text: '停水通知' }], removed: [] }]);
    rows.remove(Screen, key);
    expect(rows.get(Screen, key)).toBeUndefined();
    expect(rows.changes()).toEqual([{ table, put: [], removed: [key] }]);
    rows.put(Screen, welcome);
    expect(rows.changes()).toEqual([{ table, put: [welcome], removed: [] }]);
    expect(rows.all(Screen)).toEqual([welcome]);
  });

  it('keep keys apart whose parts only look alike when they are put together', () => {
    const rows = new RowSet([table]);
    rows.put(Screen, { communityId: 'a', id: 'b-c', text: '1' });
    rows.put(Screen, { communityId: 'a-b', id: 'c', text: '2' });
    rows.put(Screen, { communityId: '["a"]', id: 'b', text: '3' });
    rows.put(Screen, { communityId: ['a'] as never, id: 'b', text: '4' });
    rows.put(Screen, { communityId: 'a', id: 1 as never, text: '5' });
    rows.put(Screen, { communityId: 'a', id: '1', text: '6' });
    rows.put(Screen, { communityId: 'a', id: null as never, text: '7' });
    rows.put(Screen, { communityId: 'a', id: undefined as never, text: '8' });
    expect(rows.all(Screen).map(({ text }) => text)).toEqual(['1', '2', '3', '4', '5', '6', '8']);
    expect(rows.size).toBe(7);
  });

  it('find each key again, in whatever order they are asked for', () => {
    const rows = new RowSet([table]);
    const keys = Array.from({ length: 50 }, (_, n) => ({ communityId: `c${n % 3}`, id: `s${n % 7}` }));
    for (const one of keys) rows.put(Screen, { ...one, text: `${one.communityId} ${one.id}` });
    for (const one of keys.toReversed())
      expect(rows.get(Screen, one)?.text).toBe(`${one.communityId} ${one.id}`);
    expect(rows.size).toBe(21);
  });

  it('go back to what they were when it was settled, where a fold fails half-way', () => {
    const rows = new RowSet([table]);
    const other = { ...key, id: 'lift-2' };
    rows.load(rowKey(Screen, key), welcome);
    rows.put(Screen, { ...welcome, text: '停水通知' });
    rows.settle();
    rows.put(Screen, { ...welcome, text: 'half' });
    rows.remove(Screen, key);
    rows.put(Screen, { ...other, text: 'half' });
    rows.revert();
    expect(rows.get(Screen, key)).toEqual({ ...welcome, text: '停水通知' });
    expect(rows.get(Screen, other)).toBeUndefined();
    expect(rows.changes()).toEqual([{ table, put: [{ ...welcome, text: '停水通知' }], removed: [other] }]);
  });

  it('refuse a class that is no table of the projection', () => {
    expect(() => new RowSet([table]).put(Stray, { id: 'x' })).toThrow('Stray is no table');
  });
});

describe('the name of a column', () => {
  it('is the property in snake case', () => {
    expect(['id', 'communityId', 'openedAtNight'].map(columnName)).toEqual([
      'id',
      'community_id',
      'opened_at_night',
    ]);
  });
});
