import { describe, expect, it } from '@jest/globals';
import type { Goal, Line } from './cell.ts';
import { figuresOf, isMet } from './results.ts';
import type { Result } from './results.ts';
import { renderSummary, renderTable } from './table.ts';

const figure = (median: number, least = median, most = median) => ({ median, least, most });

function aResult(line: Partial<Line>, ours: number, limit: number): Result {
  const named = {
    name: 'append',
    unit: 'events/s',
    reading: 'rate',
    ours: 'kernel',
    limit: 'raw',
    ...line,
  } as const;
  const ratio = ours / limit;
  return {
    line: named,
    ours: figure(ours, ours - 1, ours + 1),
    limit: figure(limit),
    peers: [{ name: 'emmett', summary: figure(limit / 10) }],
    ratio,
    met: line.goal && isMet(line.goal, ours, ratio),
  };
}

const met = aResult({ goal: { ratioAtLeast: 1.3 } }, 13_000, 10_000);
const missed = aResult({ name: 'delivery', unit: 'ms', goal: { atMost: 5 } }, 5.25, 0.5);
const free = aResult({ name: 'replay' }, 800, 1_000);

describe('a goal', () => {
  it.each<[Goal, number, number, boolean]>([
    [{ ratioAtLeast: 0.9 }, 0, 0.9, true],
    [{ ratioAtLeast: 0.9 }, 0, 0.899, false],
    [{ ratioAtMost: 2 }, 0, 2, true],
    [{ ratioAtMost: 2 }, 0, 2.01, false],
    [{ atMost: 5 }, 5, 0, true],
    [{ atMost: 5 }, 5.01, 0, false],
  ])('%j, value %d, ratio %d: met is %s', (goal, value, ratio, expected) => {
    expect(isMet(goal, value, ratio)).toBe(expected);
  });
});

describe('the table for people', () => {
  const table = renderTable(
    [met, missed, free],
    [{ name: 'crashes', goal: '0 lost', note: 'proved elsewhere' }],
  );
  const rows = table.split('\n').map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

  it('shows medians with their spread, ratio, goal, verdict and peers', () => {
    expect(rows[2]).toEqual([
      'append',
      'events/s',
      '13,000 (12,999–13,001)',
      '10,000 (10,000–10,000)',
      '1.30 ×',
      '≥ 1.3 ×',
      'met',
      'emmett 1,000 (0.100 ×)',
    ]);
    expect(rows[3]?.slice(2, 7)).toEqual([
      '5.25 (4.25–6.25)',
      '0.500 (0.500–0.500)',
      '10.5 ×',
      '≤ 5 ms',
      'missed',
    ]);
  });

  it('judges nothing that has no goal, and names what is not measured here', () => {
    expect(rows[4]?.slice(5, 7)).toEqual(['', '']);
    expect(rows[5]).toEqual(['crashes', '', '', '', '', '0 lost', '', 'proved elsewhere']);
  });

  it('is as wide in each row', () => {
    expect(new Set(table.split('\n').map((row) => row.length)).size).toBe(1);
  });

  it('ends in a sentence that names every goal missed', () => {
    expect(renderSummary([met, missed, free])).toBe('1 of 2 goals met; missed: delivery.');
    expect(renderSummary([met])).toBe('1 of 1 goals met.');
  });
});

describe('the figures for machines', () => {
  it('have value, unit, limit and the ratio of both, for us and for each peer', () => {
    expect(figuresOf(met)).toEqual([
      { name: 'append', value: 13_000, unit: 'events/s', limit: 10_000, ratio: 1.3, goal: '≥ 1.3 ×' },
      { name: 'append: emmett', value: 1_000, unit: 'events/s', limit: 10_000, ratio: 0.1 },
    ]);
    expect(Object.keys(figuresOf(free)[0]!)).toEqual(['name', 'value', 'unit', 'limit', 'ratio']);
  });
});
