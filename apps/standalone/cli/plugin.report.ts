import { LEVELS } from '@weinao/plugins';
import type { Level } from '@weinao/plugins';
import type { CheckResult, PluginReport } from './plugin-folder.check.ts';

const SIGNS = { passed: '✓', failed: '✗', 'not applicable': '–', unknown: '?' } as const;

/** A table of the checks, and the level reached. */
export function printReport({ plugin, claimed, reached, checks }: PluginReport): void {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const byLevel = checks.toSorted((a, b) => placeOf(a.level) - placeOf(b.level));
  for (const check of byLevel) console.log(lineOf(check, width));
  console.log(`${plugin}: reaches ${reached ?? 'no level'}, claims ${claimed ?? 'none'}`);
}

function lineOf({ id, title, level, outcome, reasons }: CheckResult, width: number): string {
  const line = `${SIGNS[outcome]} ${level.padEnd(6)}  ${id.padEnd(width)}  ${title}`;
  if (outcome === 'passed') return line;
  return [`${line}: ${outcome}`, ...reasons.map((reason) => `    ${reason}`)].join('\n');
}

/** @param asked null where nothing is asked for */
export const reaches = ({ reached }: PluginReport, asked: Level | null): boolean =>
  placeOf(reached) >= placeOf(asked);

const placeOf = (level: Level | null): number => (level === null ? -1 : LEVELS.indexOf(level));
