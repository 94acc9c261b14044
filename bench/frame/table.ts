import { goalText } from './results.ts';
import type { Result } from './results.ts';
import type { Summary } from './statistics.ts';

/** A row of DESIGN §7 that another command or a later part measures. */
export interface OtherRow {
  readonly name: string;
  readonly goal: string;
  readonly note: string;
}

const HEADINGS = ['what', 'unit', 'ours', 'limit', 'ratio', 'goal', '', 'peers'];

/** A table of Markdown that is also readable as it stands. Medians, with least and most in brackets. */
export function renderTable(results: readonly Result[], others: readonly OtherRow[]): string {
  const rows = [...results.map(rowOf), ...others.map(({ name, goal, note }) => otherRow(name, goal, note))];
  const widths = HEADINGS.map((heading, column) =>
    Math.max(3, heading.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(HEADINGS), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** One sentence: how many goals were met, and which were not. */
export function renderSummary(results: readonly Result[]): string {
  const judged = results.filter(({ met }) => met !== undefined);
  const missed = judged.filter(({ met }) => !met).map(({ line }) => line.name);
  const counts = `${judged.length - missed.length} of ${judged.length} goals met`;
  return missed.length === 0 ? `${counts}.` : `${counts}; missed: ${missed.join(' · ')}.`;
}

function rowOf({ line, ours, limit, peers, ratio, met }: Result): string[] {
  return [
    line.name,
    line.unit,
    withSpread(ours),
    withSpread(limit),
    `${figure(ratio)} ×`,
    goalText(line) ?? '',
    met === undefined ? '' : met ? 'met' : 'missed',
    peers
      .map(
        ({ name, summary }) =>
          `${name} ${figure(summary.median)} (${figure(summary.median / limit.median)} ×)`,
      )
      .join(', '),
  ];
}

const otherRow = (name: string, goal: string, note: string): string[] => [
  name,
  '',
  '',
  '',
  '',
  goal,
  '',
  note,
];

const withSpread = ({ median, least, most }: Summary): string =>
  `${figure(median)} (${figure(least)}–${figure(most)})`;

/** Three digits that count, and no more. */
function figure(value: number): string {
  const decimals = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
  const [whole, rest] = value.toFixed(decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
