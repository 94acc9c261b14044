import { describe, expect, it } from '@jest/globals';
import { median, percentile, summarize, turned } from './statistics.ts';

describe('figures of many measurements', () => {
  it('have a median in the middle, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 3])).toBe(4);
    expect(median([7])).toBe(7);
  });

  it('have a percentile that was measured, below which that share lies', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([3], 0.99)).toBe(3);
  });

  it('name the least and the most beside the median', () => {
    expect(summarize([30, 10, 20])).toEqual({ median: 20, least: 10, most: 30 });
  });

  it('are none where nothing was measured', () => {
    expect(() => percentile([], 0.5)).toThrow('Nothing was measured');
    expect(() => median([])).toThrow('Nothing was measured');
  });

  it('leave the measurements in their order', () => {
    const values = [3, 1, 2];
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('the order of turns', () => {
  const contenders = ['kernel', 'limit', 'peer'];
  const orders = Array.from({ length: 6 }, (_, round) => turned(contenders, round));

  it('gives each contender each place equally often', () => {
    for (const place of [0, 1, 2]) {
      expect(orders.map((order) => order[place]).toSorted()).toEqual(
        ['kernel', 'limit', 'peer'].flatMap((name) => [name, name]),
      );
    }
  });

  it('lets no contender always follow the same one', () => {
    const before = orders.flatMap((order) =>
      order.indexOf('kernel') > 0 ? [order[order.indexOf('kernel') - 1]] : [],
    );
    expect(new Set(before)).toEqual(new Set(['limit', 'peer']));
  });

  it('gives everybody one turn a round', () => {
    for (const order of orders) expect(order.toSorted()).toEqual(contenders);
  });
});
