import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { connectNats, Consumer, newId, PostgresEventLog } from '@weinao/events';
import type { Bus, ConsumedEvent } from '@weinao/events';
import {
  appendRequest,
  CommunitiesDouble,
  createTestDatabase,
  factOf,
  Inbox,
  untilSubscribed,
} from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { ProcessFixture } from './process.fixture.ts';
import { Replicas } from './wish.replicas.ts';

const LONG = 30_000;

const fixture = new ProcessFixture();
let nats: NatsServer;
let database: TestDatabase;
let bus: Bus;
let replicas: Replicas;
let consumer: Consumer;
/** Positions, as they were told on the bus, and as another plugin gets them. */
const told = new Inbox<number>();
const consumed = new Inbox<number>();

beforeAll(async () => {
  [nats, database] = await Promise.all([startNatsServer(), createTestDatabase()]);
  bus = await connectNats({ url: nats.url, name: 'spec', report: () => undefined });
  const communities = new CommunitiesDouble(bus, () => new Date());
  communities.found('osmanthus-court', '桂花苑');
  communities.enable('osmanthus-court', 'wishes', {});
  bus.subscribe('evt.*.wishes.>', ({ text }) =>
    told.take(Number((JSON.parse(text) as { sequence: string }).sequence)),
  );
  await untilSubscribed(bus);
  consumer = new Consumer({
    bus,
    plugin: 'wishes',
    after: 0n,
    handle: ({ position }: ConsumedEvent) => consumed.take(Number(position)),
    report: () => undefined,
  });
  consumer.start();
  replicas = new Replicas(fixture, bus, database, { NATS_URL: nats.url, DATABASE_URL: database.url });
});

afterAll(async () => {
  await fixture.cleanUp();
  await replicas.abandon();
  await consumer.stop();
  await bus.close();
  await nats.stop();
  await database.close();
});

const log = (): PostgresEventLog => new PostgresEventLog(database.pool, 'wishes');
const upTo = (last: bigint): number[] => Array.from({ length: Number(last) }, (_, index) => index + 1);

async function processesThatAnswer(): Promise<Set<unknown>> {
  const answers = await Promise.all(Array.from({ length: 40 }, () => replicas.ask('{ wishProcess }')));
  return new Set(answers.map((answer) => answer?.data?.wishProcess));
}

/** Straight into the log, by neither replica. @returns its position */
async function appendWish(text: string): Promise<number> {
  const communityId = 'osmanthus-court';
  const events = [factOf('WishMade', { text }, { communityId })];
  const stream = `wish/${communityId}/${newId()}`;
  const [event] = await log().append(appendRequest({ stream, communityId, events }));
  replicas.made.add(text);
  return Number(event!.position);
}

/** Every wish that was answered stands in log, read model and consumer, once. */
async function expectAllOnce(): Promise<void> {
  const head = await log().head();
  await consumer.reached(head, LONG);
  expect(consumed.items).toEqual(upTo(head));
  while (!told.items.includes(Number(head))) await pause(5); // the consumer need not have waited for it
  expect(new Set(told.items)).toEqual(new Set(upTo(head)));
  expect(await replicas.wishes()).toEqual([...replicas.made].sort());
  expect(replicas.made.size).toBe(Number(head));
}

const interruptions = {
  'is killed': async () => {
    const { process } = await replicas.holder();
    await process.kill('SIGKILL');
    return () => replicas.start();
  },
  'is paused': async () => {
    const holder = await replicas.holder();
    process.kill(holder.process.pid, 'SIGSTOP');
    return async () => void process.kill(holder.process.pid, 'SIGCONT');
  },
  'loses its connection': async () => {
    const { session } = await replicas.holder();
    await database.pool.query('select pg_terminate_backend($1)', [session]);
    return async () => undefined;
  },
} satisfies Record<string, () => Promise<() => Promise<void>>>;

describe('two replicas of a plugin', () => {
  it('share the requests, and tell the bus of each event once', async () => {
    await Promise.all([replicas.start(), replicas.start()]);
    replicas.keepWishing('calm');
    expect(await processesThatAnswer()).toEqual(new Set(replicas.processes.map(({ pid }) => pid)));
    await told.until(100);
    await replicas.rest();
    await expectAllOnce();
    expect(told.items).toEqual(upTo(await log().head()));
  });

  it.each(Object.entries(interruptions))(
    'lose nothing and double nothing when the one that holds the lease %s',
    async (what, interrupt) => {
      const before = await replicas.holder();
      replicas.keepWishing(what);
      await told.until(told.items.length + 20);
      const goOn = await interrupt();
      const begin = performance.now();
      const position = await appendWish(what);
      while (!told.items.includes(position)) await pause(5);
      const publishing = performance.now() - begin;
      while (!(await replicas.wishes()).includes(what)) await pause(5);
      const projecting = performance.now() - begin;
      while ((await replicas.holder()).session === before.session) await pause(5);
      const holding = performance.now() - begin;
      console.log(
        `When the holder ${what}, an event is told after ${publishing.toFixed()} ms and projected after ` +
          `${projecting.toFixed()} ms; the lease is held anew after ${holding.toFixed()} ms at most`,
      );
      await told.until(told.items.length + 20);
      await goOn();
      await told.until(told.items.length + 20);
      await replicas.rest();
      await expectAllOnce();
      const running = replicas.processes.filter(({ isRunning }) => isRunning);
      expect(await processesThatAnswer()).toEqual(new Set(running.map(({ pid }) => pid)));
    },
  );

  it('end in order', async () => {
    const running = replicas.processes.filter(({ isRunning }) => isRunning);
    expect(await Promise.all(running.map((replica) => replica.kill('SIGTERM')))).toEqual([0, 0]);
  });
});
