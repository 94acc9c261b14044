import { expect, it } from '@jest/globals';
import { RingBuffer } from './ring-buffer.ts';

it('gives back what it took, in order', () => {
  const rings = new RingBuffer(100);
  for (const text of ['one', 'two', 'three']) expect(rings.add(text)).toBe(true);
  expect([rings.take(), rings.take(), rings.take(), rings.take()]).toEqual([
    'one',
    'two',
    'three',
    undefined,
  ]);
});

it('is emptied when more would have to wait than it holds, and takes again', () => {
  const rings = new RingBuffer(10);
  expect(rings.add('12345')).toBe(true);
  expect(rings.add('67890')).toBe(true);
  expect(rings.add('!')).toBe(false);
  expect(rings.take()).toBeUndefined();
  expect(rings.add('1234567890')).toBe(true);
  expect(rings.take()).toBe('1234567890');
  expect(rings.add('1234567890')).toBe(true); // what was taken makes room
});
