import { newId } from '@weinao/events';
import type { StoredRows } from '../../plugins/plugin.tables.ts';
import type { AskedOperation, Variables } from '../../plugins/harness.viewer.ts';
import { operationsOf } from '../../plugins/operation.builder.ts';
import { OSMANTHUS_COURT, WILLOW_BANK } from '../../plugins/people.ts';
import { FARTHER_NEIGHBOUR, NEIGHBOUR } from '../../plugins/plugin.story.ts';
import type { ToldStory } from '../../plugins/plugin.story.ts';
import type { PluginHarness } from '../../plugins/plugin.harness.ts';
import { onlyOfCommunities } from '../check.ts';
import type { Findings, StoryCheck } from '../check.ts';
import { differences } from '../differences.ts';
import { askAll, everyRoleIn, idsOf } from '../outsiders.ts';

const UUID = /^[0-9a-f]{8}-/;

/** Where it is off, nothing of it answers. */
export const offCheck: StoryCheck = {
  id: 'off',
  title: 'answers nobody of a community where it is off, or that does not exist',
  level: 'silver',
  needs: 'story',
  async findings({ harness, plugin }) {
    const off = plugin.manifest.scope === 'community' ? WILLOW_BANK : undefined;
    const answers = off ? await askAll(harness, everyRoleIn(off), ['some-id']) : [];
    const query = operationsOf(harness.announcement.sdl.community ?? '')[0];
    const lost =
      query && (await harness.as(everyRoleIn('nowhere')).execute(query.query, query.variables('some-id')));
    const code = lost?.errors?.[0]?.extensions?.code;
    return [
      ...answers
        .filter((answer) => answer.code !== 'PLUGIN_NOT_ENABLED')
        .map(({ operation, code }) => `${operation} answers where the plugin is off: ${code ?? 'data'}`),
      ...(lost && code !== 'NOT_FOUND' ? [`A community that is none is answered: ${String(code)}`] : []),
    ];
  },
};

/** Nobody sees over the fence, and nobody reaches over it. */
export const isolationCheck: StoryCheck = {
  id: 'isolation',
  title: 'shows people of another community nothing, and lets them change nothing, whatever ids they know',
  level: 'silver',
  needs: 'story',
  async findings(told) {
    const { harness, plugin } = told;
    const ids = await idsOf(harness);
    const before = await harness.readModelRows();
    return [
      ...(await problemsOfSecrets(told, ids)),
      ...(onlyOfCommunities(told) ? [] : await problemsOfIds(told, ids)),
      ...(await problemsOfRows(harness, before)).map(
        (text) => `${plugin.manifest.id} lost or changed ${text}`,
      ),
    ];
  },
};

/** What the community's own people see, outsiders must not, whatever they ask for. */
async function problemsOfSecrets({ harness, secrets }: ToldStory, ids: readonly string[]): Promise<Findings> {
  const own = JSON.stringify(await askAll(harness, everyRoleIn(OSMANTHUS_COURT), ids, 'query'));
  const answers = await askAll(harness, everyRoleIn(NEIGHBOUR), ids);
  const unforeseen = answers.filter(({ code }) => code === 'INTERNAL_SERVER_ERROR');
  return [
    ...(secrets.length === 0 ? ['The story names no secrets, so that nobody can look for them'] : []),
    ...secrets
      .filter((secret) => !own.includes(secret))
      .map((secret) => `The story's secret "${secret}" is not even shown to the community itself`),
    ...answers.flatMap(({ operation, data }) =>
      secrets
        .filter((secret) => JSON.stringify(data ?? null).includes(secret))
        .map((secret) => `${operation} shows "${secret}" to another community`),
    ),
    ...unforeseen.map(({ operation }) => `${operation} breaks when another community asks`),
  ];
}

/**
 * The story's own operations in two other communities: in one with the ids as the story had them, in the other with ids
 * that never were. Who answers differently knows the ids. The last comes first, so that none has made there what the next
 * one asks for.
 */
async function problemsOfIds({ harness, asked }: ToldStory, ids: readonly string[]): Promise<Findings> {
  const strangers = new Map(ids.map((id) => [id, UUID.test(id) ? newId() : `${id}-never`]));
  const problems: string[] = [];
  for (const operation of asked.filter(({ door }) => door === 'community').reverse()) {
    const known = await codeOf(harness, FARTHER_NEIGHBOUR, operation, new Map());
    const never = await codeOf(harness, NEIGHBOUR, operation, strangers);
    if (known !== never) {
      const [query] = operation.query.split('}');
      problems.push(
        `Another community is answered ${known} for known ids, ${never} for ids that never were: ${query}`,
      );
    }
  }
  await harness.quiet();
  return problems;
}

async function codeOf(
  harness: PluginHarness,
  communityId: string,
  { viewer, query, variables }: AskedOperation,
  ids: ReadonlyMap<string, string>,
): Promise<string> {
  const there = harness.as({ ...viewer, communityId });
  const { errors } = await there.execute(query, replaced(variables, ids) as Variables | undefined);
  return (errors?.[0]?.extensions?.code as string | undefined) ?? 'data';
}

function replaced(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => replaced(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, ids)]));
}

/** Rows of the community that the story was told in; of a row that names none, all that were there. */
async function problemsOfRows(harness: PluginHarness, before: StoredRows): Promise<Findings> {
  const after = await harness.readModelRows();
  return Object.entries(before).flatMap(([table, rows]) => {
    const now = new Set((after[table] ?? []).map((row) => JSON.stringify(row)));
    const gone = rows.filter((row) => !now.has(JSON.stringify(row)));
    return gone.flatMap((row) => differences({ [table]: row }, {}));
  });
}
