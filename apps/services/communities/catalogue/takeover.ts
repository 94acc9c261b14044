import type { Announcement } from '@weinao/plugins';
import type { Roster } from './roster.ts';

/**
 * Why an announcement that is right does not take the place of the former yet: as long as another replica of the plugin
 * runs that does not have it, requests may come to that one. What is refused answers nobody, so it is not waited for.
 */
export function whyToWait(
  { manifest: { id } }: Announcement,
  digest: string,
  roster: Pick<Roster, 'isSettled' | 'runningOf'>,
  refused: readonly string[],
): string | undefined {
  if (!roster.isSettled) return 'The communities service listens first who else runs.';
  const older = roster.runningOf(id).filter((one) => one.digest !== digest && !refused.includes(one.digest));
  if (older.length === 0) return undefined;
  const versions = [...new Set(older.map(({ version }) => version))].join(', ');
  return `${older.length} replica(s) of ${id} ${versions} with another announcement still run.`;
}
