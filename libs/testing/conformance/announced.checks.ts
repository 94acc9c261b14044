import type { Bus } from '@weinao/events';
import { isEnabledIn, parseManifest, wireSubjects } from '@weinao/plugins';
import type {
  Announcement,
  CommunityDirectory,
  Door,
  SubgraphRequest,
  SubgraphResult,
  Viewer,
} from '@weinao/plugins';
import { problemsOfComposing } from './checks/composition.check.ts';
import { problemsOfNames, problemsOfTitles } from './checks/languages.check.ts';
import type { Check, Findings } from './check.ts';
import { everyRoleIn, nobody } from './outsiders.ts';
import { operationsOf } from '../plugins/operation.builder.ts';

/** What can be seen of a running plugin from outside. */
export interface Announced {
  readonly bus: Bus;
  readonly announcement: Announcement;
  readonly directory: CommunityDirectory;
}

export interface AnnouncedCheck extends Pick<Check, 'id' | 'title' | 'level'> {
  exempt?(this: void, announced: Announced): string | undefined;
  findings(this: void, announced: Announced): Promise<Findings>;
}

/** A plugin has that long for an answer. */
const DEADLINE_MS = 10_000;
const GARBAGE = ['', 'no JSON', 'null', '[]', '{}', '{"door":"community","query":7}'] as const;

/** @returns the answer, whatever it is. @throws BusError when none comes in time */
const ask = ({ bus, announcement }: Announced, text: string): Promise<string> =>
  bus.request(wireSubjects.subgraph(announcement.manifest.id), text, { timeoutMs: DEADLINE_MS });

async function codeOf(
  announced: Announced,
  request: Pick<SubgraphRequest, 'door' | 'communityId' | 'query' | 'viewer' | 'variables'>,
): Promise<string> {
  const { position } = announced.directory;
  const asked = { ...request, correlationId: 'conformance', directoryPosition: position.toString() };
  const reply = JSON.parse(await ask(announced, JSON.stringify(asked))) as { result?: SubgraphResult };
  const [error] = reply.result?.errors ?? [];
  if (!error) return 'data';
  return typeof error.extensions?.code === 'string' ? error.extensions.code : `no code: ${error.message}`;
}

/** Each operation of each door, asked for by somebody; those that answer anything but the code. */
async function answersBut(
  code: string,
  announced: Announced,
  community: string,
  viewer: Viewer,
  doors = Object.keys(announced.announcement.sdl) as Door[],
): Promise<Findings> {
  const findings: string[] = [];
  for (const door of doors) {
    const sdl = announced.announcement.sdl[door]!;
    const communityId = door === 'community' ? community : null;
    for (const { name, query, variables } of operationsOf(sdl)) {
      const request = { door, communityId, query, variables: variables('some-id'), viewer };
      const answered = await codeOf(announced, request);
      if (answered !== code) findings.push(`${name} is to answer ${code}, and answers ${answered}`);
    }
  }
  return findings;
}

const communityWhere = ({ directory, announcement }: Announced, on: boolean): string | undefined =>
  directory.communityIds().find((id) => isEnabledIn(directory.community(id)!, announcement.manifest) === on);

export const announcedChecks: readonly AnnouncedCheck[] = [
  {
    id: 'manifest',
    title: 'announces a valid manifest',
    level: 'bronze',
    async findings({ announcement }) {
      parseManifest(announcement.manifest);
      return [];
    },
  },
  {
    id: 'languages',
    title: 'names itself, each permission and each setting in Chinese and in English',
    level: 'bronze',
    async findings({ announcement }) {
      const { manifest, settings } = announcement;
      const permissions = manifest.permissions.map(({ id, name }) => [`The permission ${id}`, name] as const);
      const names = { 'The plugin': manifest.name, ...Object.fromEntries(permissions) };
      return [...problemsOfNames(names), ...problemsOfTitles(settings?.schema ?? {})];
    },
  },
  {
    id: 'composition',
    title: 'has a schema that composes, alone and beside all that the platform knows',
    level: 'bronze',
    async findings({ announcement, directory }) {
      const known = directory.plugins().flatMap(({ manifest, sdl }) =>
        (Object.entries(sdl) as [Door, string][]).map(([door, text]) => ({
          ...{ plugin: manifest.id, door, sdl: text },
        })),
      );
      return problemsOfComposing(announcement.manifest.id, announcement.sdl, known);
    },
  },
  {
    id: 'garbage',
    title: 'answers requests that are none, and goes on',
    level: 'bronze',
    async findings(announced) {
      for (const text of GARBAGE) await ask(announced, text).catch(unlessRefused);
      const ping = wireSubjects.ping(announced.announcement.manifest.id);
      await announced.bus.request(ping, '{}', { timeoutMs: DEADLINE_MS });
      return [];
    },
  },
  {
    id: 'refusal',
    title: 'refuses every query and every mutation to who has no role, in time and with a code',
    level: 'bronze',
    exempt: (announced) => (communityWhere(announced, true) ? undefined : 'no community has it enabled'),
    async findings(announced) {
      const community = communityWhere(announced, true)!;
      return answersBut('FORBIDDEN', announced, community, { ...nobody, communityId: community });
    },
  },
  {
    id: 'lost',
    title: 'answers nobody of a community that does not exist, in time and with a code',
    level: 'bronze',
    exempt: ({ announcement }) => (announcement.sdl.community ? undefined : 'it has no community’s door'),
    findings: (announced) =>
      answersBut('NOT_FOUND', announced, 'nowhere', everyRoleIn('nowhere'), ['community']),
  },
  {
    id: 'off',
    title: 'answers nobody of a community where it is off, in time and with a code',
    level: 'bronze',
    exempt: (announced) => (communityWhere(announced, false) ? undefined : 'no community has it disabled'),
    findings(announced) {
      const community = communityWhere(announced, false)!;
      return answersBut('PLUGIN_NOT_ENABLED', announced, community, everyRoleIn(community), ['community']);
    },
  },
];

/** That the service refuses what is none is an answer; that nobody answers is not. */
function unlessRefused(error: Error & { readonly code?: string }): string {
  if (error.code === 'TIMEOUT' || error.code === 'NO_RESPONDER') throw error;
  return error.message;
}
