import { newId } from '@weinao/events';
import { startPlatform } from '../contenders/platform.ts';
import type { Cell } from '../frame/cell.ts';
import { asked, openConnections, REQUESTS } from '../frame/http.load.ts';
import { startProgram } from '../frame/program.ts';

const SECONDS = 2;
const CONNECTIONS = 128;
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
      unit: REQUESTS,
      reading: REQUESTS,
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
    const mutations = await openConnections(platform.url, CONNECTIONS, cleanup);
    const hellos = await openConnections(apollo!, CONNECTIONS, cleanup);
    const authorization = `Bearer ${platform.residentToken}`;
    const hello = JSON.stringify({ query: '{ hello }' });
    return [
      asked(PLATFORM, seconds, mutations, (connection) => {
        const body = JSON.stringify({ query: OPEN, variables: { title: '2号楼电梯停运' } });
        const headers = { authorization, 'idempotency-key': newId() };
        return connection.post(platform.path, headers, body);
      }),
      asked(APOLLO, seconds, hellos, (connection) => connection.post('/', {}, hello)),
    ];
  },
};
