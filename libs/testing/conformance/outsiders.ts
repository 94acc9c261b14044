import { ROLES } from '@weinao/plugins';
import type { Door, Viewer } from '@weinao/plugins';
import { operationsOf } from '../plugins/operation.builder.ts';
import type { GeneratedOperation } from '../plugins/operation.builder.ts';
import { OSMANTHUS_COURT } from '../plugins/people.ts';
import type { PluginHarness } from '../plugins/plugin.harness.ts';

export interface Answer {
  readonly operation: string;
  /** Undefined where there is no error. */
  readonly code: string | undefined;
  readonly data: unknown;
}

export const nobody: Viewer = { id: 'nobody', roles: [], communityId: OSMANTHUS_COURT };

export const everyRoleIn = (communityId: string): Viewer => ({
  id: `somebody-of-${communityId}`,
  roles: ROLES.filter((role) => role !== 'operator'),
  communityId,
});

/** Every operation of every door, once with each of the ids. */
export async function askAll(
  harness: PluginHarness,
  viewer: Viewer,
  ids: readonly string[],
  kind?: GeneratedOperation['kind'],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const doors = Object.entries(harness.announcement.sdl) as [Door, string][];
  for (const [door, sdl] of doors) {
    const at = door === 'platform' ? harness.platform(viewer) : harness.as(viewer);
    for (const operation of operationsOf(sdl).filter((any) => kind === undefined || any.kind === kind)) {
      for (const id of ids) {
        const { data, errors } = await at.execute(operation.query, operation.variables(id));
        const code = errors?.[0]?.extensions?.code as string | undefined;
        answers.push({ operation: `${door} ${operation.kind} ${operation.name}`, code, data });
      }
    }
  }
  return answers;
}

/** What the read models call an id, which is what an outsider might have learnt. */
export async function idsOf(harness: PluginHarness): Promise<string[]> {
  const rows = Object.values(await harness.readModelRows()).flat();
  const ids = rows.flatMap((row) => Object.entries(row).filter(([column]) => isIdColumn(column)));
  return [...new Set(ids.map(([, id]) => id).filter((id) => typeof id === 'string'))];
}

const isIdColumn = (column: string): boolean => /^(id|.*_id)$/.test(column) && column !== 'community_id';
