import { newId } from '@weinao/events';
import { startPlatform } from '../contenders/platform.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { HttpConnection } from '../frame/http.connection.ts';
import { callsASecond } from '../frame/load.ts';
import { startProgram } from '../frame/program.ts';

const SECONDS = 2;
const CONNECTIONS = 128;
const RATE = 'requests/s';
const PLATFORM = 'platform';
const APOLLO = 'Apollo { hello }';

const OPEN = `mutation ($title: String!) {
  openTicket(input: { kind: REPAIR, category: "lift", title: $title }) { id number status }
}`;

/** From a mutation at the gateway over NATS and a service to a durable event and back. */
export const wholePathCell: Cell = {
  name: 'whole path, 128 connections',
  lines: [
    {
      name: 'whole path, 128 connections',
      unit: RATE,
      reading: RATE,
      ours: PLATFORM,
      limit: APOLLO,
      goal: { ratioAtLeast: 0.9 },
    },
  ],
  secondsBefore: 8,
  secondsATurn: 2 * SECONDS + 1,
  async prepare(ground, cleanup) {
    const seconds = SECONDS * ground.share;
    const platform = await startPlatform(ground, cleanup);
    const [, apollo] = await startProgram(
      'bench/contenders/apollo.process.ts',
      {},
      /apollo is listening on (http:\S+)/,
      cleanup,
    );
    const mutations = await openConnections(platform.url, cleanup);
    const hellos = await openConnections(apollo!, cleanup);
    const authorization = `Bearer ${platform.residentToken}`;
    const hello = JSON.stringify({ query: '{ hello }' });
    return [
      asked(PLATFORM, seconds, (caller) => {
        const body = JSON.stringify({ query: OPEN, variables: { title: '2号楼电梯停运' } });
        const headers = { authorization, 'idempotency-key': newId() };
        return mutations[caller]!.post(platform.path, headers, body);
      }),
      asked(APOLLO, seconds, (caller) => hellos[caller]!.post('/', {}, hello)),
    ];
  },
};

async function openConnections(url: string, cleanup: AsyncDisposableStack): Promise<HttpConnection[]> {
  const connections: HttpConnection[] = [];
  cleanup.defer(() => connections.forEach((connection) => connection.close()));
  while (connections.length < CONNECTIONS) connections.push(await HttpConnection.open(url));
  return connections;
}

const asked = (name: string, seconds: number, ask: (caller: number) => Promise<string>): Contender => ({
  name,
  measure: async (share) => ({
    [RATE]: await callsASecond(CONNECTIONS, seconds * share, async (caller) => {
      const answer = await ask(caller);
      if (answer.includes('"errors"')) throw new Error(`${name} refused: ${answer}`);
    }),
  }),
});
