import { describe, expect, it } from '@jest/globals';
import { BadUserInput } from './bad-user-input.ts';
import { decodeCursor, pageOf } from './page.type.ts';

const rows = ['一号', '二号', '三号'];
const page = (found: string[], first: number) =>
  pageOf(
    found,
    first,
    (row) => `at ${row}`,
    (row) => ({ title: row }),
  );

describe('a page', () => {
  it('has a next one where a row more was found than was asked for', () => {
    const { nodes, pageInfo } = page(rows, 2);
    expect(nodes).toEqual([{ title: '一号' }, { title: '二号' }]);
    expect(pageInfo.hasNextPage).toBe(true);
    expect(decodeCursor(pageInfo.endCursor!, /^at /)).toBe('at 二号');
  });

  it('is the last where there are no more, also when it is just full', () => {
    expect(page(rows, 3).pageInfo.hasNextPage).toBe(false);
    expect(page(rows, 10).nodes).toHaveLength(3);
  });

  it('that is empty has no end', () => {
    expect(page([], 10)).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });
});

describe('a cursor', () => {
  it('is safe in an address', () => {
    expect(page(['?>~桂花苑'], 1).pageInfo.endCursor).toMatch(/^[\w-]+$/);
  });

  it('that was not handed out is bad input', () => {
    for (const bad of ['', '%%%', Buffer.from('of 二号').toString('base64url')]) {
      expect(() => decodeCursor(bad, /^at /)).toThrow(BadUserInput);
    }
    const looksGood = Buffer.from('at 二号').toString('base64url');
    expect(() => decodeCursor(looksGood, /^at /, (text) => text.endsWith('三号'))).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ path: 'after', rule: 'cursor' })] }),
    );
  });
});
