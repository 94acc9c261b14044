import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { withRecord } from './record.ts';

const page = await readFile(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
const recording = { facts: '2 processors', table: '| a |', summary: '1 of 1 goals met.' };
const now = new Date('2026-03-02T08:00:00Z');

describe('the record in docs/benchmarks.md', () => {
  const once = withRecord(page, recording, now);

  it('holds the date, the machine, the table and the summary', () => {
    expect(once).toContain('Measured on 2026-03-02: 2 processors.\n\n| a |\n\n1 of 1 goals met.');
  });

  it('takes the place of the one before, and leaves everything around it', () => {
    expect(withRecord(once, recording, now)).toBe(once);
    const around = (text: string): string[] => text.split(/<!-- [^]*-->/);
    expect(around(once)).toEqual(around(page));
  });

  it('is not written into a page without its markers', () => {
    expect(() => withRecord('# Benchmarks', recording, now)).toThrow('markers');
  });
});
