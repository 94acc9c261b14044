import { newId } from '@weinao/events';
import { Crowd } from '../contenders/crowd.ts';
import { startPlatform } from '../contenders/platform.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { nextMessage, startChild } from '../frame/child.ts';
import { monotonicMs } from '../frame/clock.ts';
import { HttpConnection } from '../frame/http.connection.ts';
import { percentile } from '../frame/statistics.ts';

const SUBSCRIBERS = 10_000;
/** A person has at most 200 subscriptions: each asks once. */
const PEOPLE = 50;
const CHANGES = 5;
const PLATFORM = 'platform';
const BARE = 'bare server-sent events';
const NAME = 'one change to 10,000 subscribers of one document, last one';

const SUBSCRIBE = 'subscription { ticketChanged { id number status title } }';
const OPEN = `mutation {
  openTicket(input: { kind: REPAIR, category: "lift", title: "2号楼电梯停运" }) { id }
}`;

/** From the sending of a mutation, or of the finished bytes, until the last subscriber has been told. */
export const liveCell: Cell = {
  name: NAME,
  lines: [{ name: NAME, unit: 'ms', reading: 'last', ours: PLATFORM, limit: BARE }],
  secondsBefore: 25,
  secondsATurn: 6,
  async prepare(ground, cleanup) {
    const platform = await startPlatform(ground, cleanup);
    const people = Array.from({ length: PEOPLE }, (_, index) => platform.workerToken(`worker-${index}`));
    const asked = {
      url: platform.url,
      path: platform.path,
      tokens: await Promise.all(people),
      body: JSON.stringify({ query: SUBSCRIBE }),
      connections: SUBSCRIBERS,
    };
    const subscribers = await Crowd.gather(asked, cleanup);
    const connection = await HttpConnection.open(platform.url);
    cleanup.defer(() => connection.close());
    const change = async (): Promise<void> => {
      const headers = { authorization: `Bearer ${platform.residentToken}`, 'idempotency-key': newId() };
      await connection.post(platform.path, headers, JSON.stringify({ query: OPEN }));
    };
    const [{ frame }] = await Promise.all([subscribers.hear(), change()]);

    const bare = startChild(new URL('../contenders/bare-events.process.ts', import.meta.url), {}, cleanup);
    const url = await nextMessage<string>(bare);
    const listeners = await Crowd.gather({ ...asked, url }, cleanup);
    return [
      told(PLATFORM, subscribers, change),
      told(BARE, listeners, () => Promise.resolve(void bare.send(frame))),
    ];
  },
};

const told = (name: string, crowd: Crowd, tell: () => Promise<void>): Contender => ({
  name,
  async measure(share) {
    const delays: number[] = [];
    for (let count = 0; count < Math.ceil(CHANGES * share); count++) {
      const began = monotonicMs();
      const [{ lastAt }] = await Promise.all([crowd.hear(), tell()]);
      delays.push(lastAt - began);
    }
    return { last: percentile(delays, 0.5) };
  },
});
