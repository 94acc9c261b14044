import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalIssuer } from '@weinao/gateway';
import type { Ground } from '../frame/ground.ts';
import { HttpConnection } from '../frame/http.connection.ts';
import { startProgram } from '../frame/program.ts';

const COMMUNITY = 'sunshine';
const LIFETIME = '2h';
const PATIENCE_MS = 30_000;
const FOUND = 'mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) { id } }';
const ENABLE = `mutation { enablePlugin(communityId: "${COMMUNITY}", pluginId: "tickets") { id } }`;

export interface Platform {
  readonly url: string;
  /** Where its residents ask. */
  readonly path: string;
  readonly residentToken: string;
  /** Of anybody who works there. */
  workerToken(subject: string): Promise<string>;
}

/** Gateway, communities and tickets, each a process of its own, and a community that has enabled tickets. */
export async function startPlatform(ground: Ground, cleanup: AsyncDisposableStack): Promise<Platform> {
  const directory = await mkdtemp(join(tmpdir(), 'weinao-bench-platform-'));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const environment = {
    DATABASE_URL: await ground.database(cleanup),
    NATS_URL: ground.natsUrl,
    WEINAO_DATA: directory,
    PORT: '0',
    HOST: '127.0.0.1',
  };
  const start = (file: string, ready: RegExp): Promise<RegExpExecArray> =>
    startProgram(file, environment, ready, cleanup);
  const [[, url]] = await Promise.all([
    start('apps/gateway/main.ts', /gateway is listening on (http:\S+)/),
    start('apps/services/communities/main.ts', /communities is ready/),
    start('apps/services/tickets/main.ts', /tickets is ready/),
  ]);
  const issuer = await LocalIssuer.open(directory);
  const token = (subject: string, role: 'operator' | 'resident' | 'worker', communityId: string | null) =>
    issuer.issue({ subject, roles: [role], communityId, lifetime: LIFETIME });
  const operator = await token('operator-1', 'operator', null);
  const residentToken = await token('lin', 'resident', COMMUNITY);
  const platform = {
    url: url!,
    path: `/communities/${COMMUNITY}/graphql`,
    residentToken,
    workerToken: (subject: string) => token(subject, 'worker', COMMUNITY),
  };
  await enableTickets(platform, operator);
  return platform;
}

async function enableTickets({ url, path, residentToken }: Platform, operator: string): Promise<void> {
  const connection = await HttpConnection.open(url);
  try {
    const ask = (at: string, token: string, query: string, variables = {}): Promise<string> =>
      connection.post(at, { authorization: `Bearer ${token}` }, JSON.stringify({ query, variables }));
    await ask('/graphql', operator, FOUND, { input: { id: COMMUNITY, name: '阳光社区' } });
    await ask('/graphql', operator, ENABLE);
    const deadline = performance.now() + PATIENCE_MS;
    // the gateway hears of it by an event
    while ((await ask(path, residentToken, '{ tickets(first: 1) { totalCount } }')).includes('"errors"')) {
      if (performance.now() > deadline) throw new Error('The community did not get its tickets');
      await pause(50);
    }
  } finally {
    connection.close();
  }
}
