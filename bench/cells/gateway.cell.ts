import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalIssuer } from '@weinao/gateway';
import { ACROSS, HELLO, LIST, notices } from '../contenders/quick.plugins.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import type { Ground } from '../frame/ground.ts';
import { HttpConnection } from '../frame/http.connection.ts';
import { asked, openConnections, REQUESTS } from '../frame/http.load.ts';
import { startProgram } from '../frame/program.ts';

const SECONDS = 2;
const CONNECTIONS = 128;
const PATIENCE_MS = 30_000;
const PATH = '/communities/sunshine/graphql';
const GATEWAY = 'gateway';
const HTTP = 'bare node:http';
const STITCHED = 'stitched as it comes';

/** The gateway and plugins that answer at once, each a process of its own. */
export const gatewayCells: readonly Cell[] = [
  gatewayCell('gateway alone, { hello }', HELLO, HTTP, (_ground, cleanup) =>
    bareHttp(JSON.stringify({ data: { hello: 'world' } }), cleanup),
  ),
  gatewayCell('gateway alone, 50 rows', LIST, HTTP, (_ground, cleanup) =>
    bareHttp(JSON.stringify({ data: { notices } }), cleanup),
  ),
  gatewayCell('50 rows across two plugins', ACROSS, STITCHED, stitched),
];

function gatewayCell(
  name: string,
  query: string,
  limit: string,
  startLimit: (ground: Ground, cleanup: AsyncDisposableStack) => Promise<string>,
): Cell {
  return {
    name,
    lines: [{ name, unit: REQUESTS, reading: REQUESTS, ours: GATEWAY, limit }],
    secondsBefore: 4,
    secondsATurn: 2 * SECONDS + 1,
    async prepare(ground, cleanup) {
      await start('quick-plugins', { NATS_URL: ground.natsUrl }, /the quick plugins are ready/, cleanup);
      const { url, authorization } = await startGateway(ground, cleanup);
      const body = JSON.stringify({ query });
      const contender = async (who: string, at: string, path: string): Promise<Contender> => {
        const connections = await openConnections(at, CONNECTIONS, cleanup);
        const ask = (connection: HttpConnection) => connection.post(path, { authorization }, body);
        return asked(who, SECONDS * ground.share, connections, ask);
      };
      return [
        await contender(GATEWAY, url, PATH),
        await contender(limit, await startLimit(ground, cleanup), '/'),
      ];
    },
  };
}

async function startGateway(
  ground: Ground,
  cleanup: AsyncDisposableStack,
): Promise<{ url: string; authorization: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'weinao-bench-gateway-'));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const environment = { NATS_URL: ground.natsUrl, WEINAO_DATA: directory, PORT: '0', HOST: '127.0.0.1' };
  const ready = /gateway is listening on (http:\S+)/;
  const [, url] = await startProgram('apps/gateway/main.ts', environment, ready, cleanup);
  const issuer = await LocalIssuer.open(directory);
  const who = { subject: 'lin', roles: ['resident'], communityId: 'sunshine', lifetime: '2h' } as const;
  const authorization = `Bearer ${await issuer.issue(who)}`;
  await untilAnswered(url!, authorization);
  return { url: url!, authorization };
}

/** The gateway reads the directory first. */
async function untilAnswered(url: string, authorization: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const body = JSON.stringify({ query: HELLO });
  for (;;) {
    const connection = await HttpConnection.open(url);
    try {
      await connection.post(PATH, { authorization }, body);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(50);
    } finally {
      connection.close();
    }
  }
}

const bareHttp = (answer: string, cleanup: AsyncDisposableStack): Promise<string> =>
  start('bare-http', { ANSWER: answer }, /bare http is listening on (http:\S+)/, cleanup);

function stitched({ natsUrl }: Ground, cleanup: AsyncDisposableStack): Promise<string> {
  return start('stitched', { NATS_URL: natsUrl }, /stitched is listening on (http:\S+)/, cleanup);
}

/** @returns what the program says of its address */
async function start(
  contender: string,
  environment: Readonly<Record<string, string>>,
  ready: RegExp,
  cleanup: AsyncDisposableStack,
): Promise<string> {
  const file = `bench/contenders/${contender}.process.ts`;
  const [, address = ''] = await startProgram(file, environment, ready, cleanup);
  return address;
}
