import { setTimeout as pause } from 'node:timers/promises';
import { startNatsServer } from '@weinao/embedded';
import { LoneGateway } from '../contenders/lone-gateway.ts';
import { BYSTANDER, BYSTANDER_FIELD, communityOf, fieldOf, SETS } from '../contenders/made-up-communities.ts';
import type { Cell, Contender, Readings } from '../frame/cell.ts';
import type { HttpConnection } from '../frame/http.connection.ts';
import { percentile } from '../frame/statistics.ts';

const COMMUNITIES = 1_000;
const BYSTANDERS = 4;
const IDLE_MS = 2_000;
const PAUSE_MS = 2;
const BEFOREHAND_MS = 6_000;

const COMPOSING = '1,000 communities, 50 sets composed';
const ON_DEMAND = 'asked while it is composed';
const IDLE = '1,000 communities, nothing composed';
const FEW = '50 communities, 50 sets composed';

const others = { unit: 'ms', ours: ON_DEMAND, limit: IDLE } as const;
const first = { unit: 'ms', ours: COMPOSING, limit: IDLE, peers: [ON_DEMAND] } as const;

/** Memory goes with distinct sets of plugins, and nobody waits for somebody else's schema. */
export const manyCommunitiesCell: Cell = {
  name: 'many communities',
  lines: [
    { name: 'others’ requests while 50 schemas are composed, p50', reading: 'others p50', ...others },
    { name: 'others’ requests while 50 schemas are composed, p99', reading: 'others p99', ...others },
    { name: 'first query on a new schema, p50', reading: 'first p50', ...first },
    { name: 'first query on a new schema, p99', reading: 'first p99', ...first },
    {
      name: 'memory of a gateway, 1,000 communities in 50 sets',
      unit: 'MB',
      reading: 'MB',
      ours: COMPOSING,
      limit: FEW,
      goal: { ratioAtMost: 1.25 },
    },
  ],
  secondsBefore: 10,
  secondsATurn: 24,
  async prepare(ground, cleanup) {
    const beside = await startNatsServer();
    cleanup.defer(() => beside.stop());
    const many = await LoneGateway.start(ground.natsUrl, COMMUNITIES, cleanup);
    const few = await LoneGateway.start(beside.url, SETS, cleanup);
    return [
      contender(COMPOSING, many, composedBeforehand),
      contender(ON_DEMAND, many, composedOnDemand),
      contender(IDLE, many, nothingComposed),
      contender(FEW, few, composedBeforehand),
    ];
  },
};

const contender = (
  name: string,
  gateway: LoneGateway,
  measure: (gateway: LoneGateway, connection: HttpConnection) => Promise<Readings>,
): Contender => ({
  name,
  async measure() {
    const connection = await gateway.connect();
    try {
      return await measure(gateway, connection);
    } finally {
      connection.close();
    }
  },
});

/** Every set has a new schema; its first query comes when it is long there. */
async function composedBeforehand(gateway: LoneGateway, connection: HttpConnection): Promise<Readings> {
  const version = gateway.communities.announceAnew();
  await pause(BEFOREHAND_MS);
  const delays = await firstQueries(gateway, connection, fieldOf(version));
  return { ...percentiles('first', delays), MB: await gateway.megabytes() };
}

/** Every set has a new schema, and is asked at once. */
async function composedOnDemand(gateway: LoneGateway, connection: HttpConnection): Promise<Readings> {
  const version = gateway.communities.announceAnew();
  let over = false;
  const watching = bystanders(gateway, () => over);
  while (!(await gateway.ask(connection, communityOf(0), fieldOf(version)))) await pause(PAUSE_MS);
  const delays = await firstQueries(gateway, connection, fieldOf(version), 1);
  over = true;
  return { ...percentiles('first', delays), ...percentiles('others', await watching) };
}

/** The same queries, on schemas that know them. */
async function nothingComposed(gateway: LoneGateway, connection: HttpConnection): Promise<Readings> {
  const version = gateway.communities.announceAnew();
  await pause(BEFOREHAND_MS);
  await firstQueries(gateway, connection, fieldOf(version));
  const delays = await firstQueries(gateway, connection, fieldOf(version));
  const end = performance.now() + IDLE_MS;
  const watched = await bystanders(gateway, () => performance.now() > end);
  return { ...percentiles('first', delays), ...percentiles('others', watched) };
}

/** One community of each set after the other. @returns how long each took, in ms */
async function firstQueries(
  gateway: LoneGateway,
  connection: HttpConnection,
  field: string,
  from = 0,
): Promise<number[]> {
  const delays: number[] = [];
  for (let set = from; set < SETS; set++) {
    const begin = performance.now();
    if (!(await gateway.ask(connection, communityOf(set), field)))
      throw new Error(`${communityOf(set)} has an old schema`);
    delays.push(performance.now() - begin);
  }
  return delays;
}

/** Somebody in a community that is not concerned. @returns how long each request took, in ms */
async function bystanders(gateway: LoneGateway, isOver: () => boolean): Promise<number[]> {
  const delays: number[] = [];
  const keepAsking = async (): Promise<void> => {
    const connection = await gateway.connect();
    while (!isOver()) {
      const begin = performance.now();
      if (!(await gateway.ask(connection, BYSTANDER, BYSTANDER_FIELD)))
        throw new Error('The bystander is lost');
      delays.push(performance.now() - begin);
      await pause(PAUSE_MS);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: BYSTANDERS }, keepAsking));
  return delays;
}

const percentiles = (of: string, delays: readonly number[]): Readings => ({
  [`${of} p50`]: percentile(delays, 0.5),
  [`${of} p99`]: percentile(delays, 0.99),
});
