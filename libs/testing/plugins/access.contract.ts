import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@weinao/plugins';
import type { Door, Viewer } from '@weinao/plugins';
import { operationsOf } from './operation.builder.ts';
import type { GeneratedOperation } from './operation.builder.ts';
import { OSMANTHUS_COURT, WILLOW_BANK } from './people.ts';
import { NEIGHBOUR } from './plugin.story.ts';
import type { PluginStory, ToldStory } from './plugin.story.ts';
import type { PluginHarness } from './plugin.harness.ts';

interface Answer {
  readonly operation: string;
  readonly code: unknown;
  readonly data: unknown;
}

const SOME_ID = 'some-id';
const nobody: Viewer = { id: 'nobody', roles: [], communityId: OSMANTHUS_COURT };
const everyRoleIn = (communityId: string): Viewer => ({
  id: `somebody-of-${communityId}`,
  roles: ROLES.filter((role) => role !== 'operator'),
  communityId,
});

/** Nobody gets in without the permission, and nobody sees over the fence. */
export function describeAccess({ plugin, secrets }: PluginStory, told: () => ToldStory): void {
  const { scope } = plugin.manifest;

  describe('admits', () => {
    it('nobody without a role, to no query and no mutation', async () => {
      const answers = await askAll(told().harness, nobody, [SOME_ID]);
      expect(answers.filter(({ code }) => code !== 'FORBIDDEN')).toEqual([]);
      expect(answers.length).toBeGreaterThan(0);
    });

    if (scope === 'community') {
      it('nobody of a community where it is not enabled', async () => {
        const answers = await askAll(told().harness, everyRoleIn(WILLOW_BANK), [SOME_ID]);
        expect(answers.filter(({ code }) => code !== 'PLUGIN_NOT_ENABLED')).toEqual([]);
      });
    }

    it('people of the community to what happened there', async () => {
      const { harness } = told();
      const answers = await askAll(harness, everyRoleIn(OSMANTHUS_COURT), await idsOf(harness), 'query');
      const seen = JSON.stringify(answers.map(({ data }) => data));
      expect(secrets.filter((secret) => !seen.includes(secret))).toEqual([]);
      expect(secrets.length).toBeGreaterThan(0);
    });

    it('people of another community to nothing of it, whatever ids they know', async () => {
      const { harness } = told();
      const before = await harness.readModelRows();
      const answers = await askAll(harness, everyRoleIn(NEIGHBOUR), await idsOf(harness));
      const seen = JSON.stringify(answers.map(({ data }) => data));
      expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
      const after = await harness.readModelRows();
      for (const [table, rows] of Object.entries(before)) {
        expect(after[table]).toEqual(expect.arrayContaining([...rows]));
      }
      const unforeseen = answers.filter(({ code }) => code === 'INTERNAL_SERVER_ERROR');
      expect(unforeseen).toEqual([]);
    });

    it('nobody to a community that does not exist', async () => {
      const query = operationsOf(told().harness.announcement.sdl.community!)[0]!;
      const lost = told().harness.as(everyRoleIn('nowhere'));
      expect(await lost.refusal(query.query, query.variables(SOME_ID))).toBe('NOT_FOUND');
    });
  });
}

/** Every operation of every door, once with each of the ids. */
async function askAll(
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
        const code = errors?.[0]?.extensions?.code;
        answers.push({ operation: `${door} ${operation.kind} ${operation.name}`, code, data });
      }
    }
  }
  return answers;
}

/** What the read models call an id, which is what an outsider might have learnt. */
async function idsOf(harness: PluginHarness): Promise<string[]> {
  const rows = Object.values(await harness.readModelRows()).flat();
  const ids = rows.flatMap((row) => Object.entries(row).filter(([column]) => isIdColumn(column)));
  return [...new Set(ids.map(([, id]) => id).filter((id) => typeof id === 'string'))];
}

const isIdColumn = (column: string): boolean => /^(id|.*_id)$/.test(column) && column !== 'community_id';
