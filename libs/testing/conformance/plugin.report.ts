import { LEVELS } from '@weinao/plugins';
import type { Level } from '@weinao/plugins';
import type { Check, Findings } from './check.ts';

export type Described = Pick<Check, 'id' | 'title' | 'level'>;

export interface CheckResult extends Described {
  /** `unknown` where the plugin did not come so far that anybody could look. */
  readonly outcome: 'passed' | 'failed' | 'not applicable' | 'unknown';
  /** What is wrong, or why it was not looked at. */
  readonly reasons: Findings;
}

export interface PluginReport {
  readonly plugin: string;
  /** What the manifest claims. */
  readonly claimed: Level | null;
  /** The highest level of which no check, nor one of a lower level, is failed or unknown. */
  readonly reached: Level | null;
  readonly checks: readonly CheckResult[];
}

export function reportOf(
  plugin: string,
  claimed: Level | undefined,
  results: readonly CheckResult[],
): PluginReport {
  return { plugin, claimed: claimed ?? null, reached: levelReached(results), checks: results };
}

export const judged = (check: Described, reasons: Findings): CheckResult =>
  result(check, reasons.length > 0 ? 'failed' : 'passed', reasons);

export const unknown = (check: Described, reason: string): CheckResult => result(check, 'unknown', [reason]);

export const exempted = (check: Described, reason: string | undefined): CheckResult | undefined =>
  reason === undefined ? undefined : result(check, 'not applicable', [reason]);

const result = (
  { id, title, level }: Described,
  outcome: CheckResult['outcome'],
  reasons: Findings,
): CheckResult => ({ id, title, level, outcome, reasons });

function levelReached(results: readonly CheckResult[]): Level | null {
  const missed = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  const lowest = Math.min(...missed.map(({ level }) => LEVELS.indexOf(level)), LEVELS.length);
  return LEVELS[lowest - 1] ?? null;
}
