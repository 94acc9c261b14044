import type { Contender } from './cell.ts';
import { HttpConnection } from './http.connection.ts';
import { callsASecond } from './load.ts';

export const REQUESTS = 'requests/s';

export async function openConnections(
  url: string,
  count: number,
  cleanup: AsyncDisposableStack,
): Promise<HttpConnection[]> {
  const connections: HttpConnection[] = [];
  cleanup.defer(() => connections.forEach((connection) => connection.close()));
  while (connections.length < count) connections.push(await HttpConnection.open(url));
  return connections;
}

/** A contender whose connections ask one request after the other. @param seconds of a whole turn */
export const asked = (
  name: string,
  seconds: number,
  connections: readonly HttpConnection[],
  ask: (connection: HttpConnection) => Promise<string>,
): Contender => ({
  name,
  measure: async (share) => ({
    [REQUESTS]: await callsASecond(connections.length, seconds * share, async (caller) => {
      const answer = await ask(connections[caller]!);
      if (answer.includes('"errors"')) throw new Error(`${name} refused: ${answer}`);
    }),
  }),
});
