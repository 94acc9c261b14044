import { LEVELS } from '@weinao/plugins';
import type { Level } from '@weinao/plugins';
import type { Check, Findings } from './check.ts';

export interface CheckResult extends Pick<Check, 'id' | 'title' | 'level'> {
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

function levelReached(results: readonly CheckResult[]): Level | null {
  const missed = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  const lowest = Math.min(...missed.map(({ level }) => LEVELS.indexOf(level)), LEVELS.length);
  return LEVELS[lowest - 1] ?? null;
}
