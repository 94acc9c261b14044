import { setTimeout as pause } from 'node:timers/promises';
import { connectNats, LogResponder, Publisher } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { EmmettStore } from '../contenders/emmett.store.ts';
import { newFact } from '../contenders/fact.ts';
import { KernelStore } from '../contenders/kernel.store.ts';
import { RawStore } from '../contenders/raw.store.ts';
import type { Store } from '../contenders/store.ts';
import { Subscriber } from '../contenders/subscriber.ts';
import type { Cell, Contender } from '../frame/cell.ts';
import { monotonicMs } from '../frame/clock.ts';
import type { Ground } from '../frame/ground.ts';
import { callsASecond } from '../frame/load.ts';
import { percentile } from '../frame/statistics.ts';

const SECONDS = 2;
const PLUGIN = 'tickets';
const SUBJECT = 'bench.raw';

const KERNEL = 'kernel';
const RAW = 'raw insert and publish';
const EMMETT = 'emmett';
const GOAL_MS = 5;

const report = (message: string, error?: unknown): void => console.error(message, error ?? '');

/** From the answer to an append until another process has the event. */
function deliveryCell(circumstance: string, writers: number, pauseMs: number): Cell {
  const name = `commit to subscriber, ${circumstance}`;
  const figures = { unit: 'ms', ours: KERNEL, limit: RAW, peers: [EMMETT] } as const;
  return {
    name,
    lines: [
      { name: `${name}, p50`, reading: 'p50', ...figures },
      { name: `${name}, p99`, reading: 'p99', ...figures, goal: { atMost: GOAL_MS } },
    ],
    secondsATurn: 3 * SECONDS + 2,
    async prepare(ground, cleanup) {
      const contenders = [
        [KERNEL, await kernel(ground, cleanup)],
        [RAW, await raw(ground, writers, cleanup)],
        [EMMETT, await emmett(ground, writers, cleanup)],
      ] as const;
      const load = { writers, pauseMs, seconds: SECONDS * ground.share };
      return contenders.map(([contender, delivery]) => delivered(contender, delivery, load));
    },
  };
}

interface Delivery {
  readonly store: Store;
  readonly subscriber: Subscriber;
}

const delivered = (
  name: string,
  { store, subscriber }: Delivery,
  { writers, pauseMs, seconds }: { writers: number; pauseMs: number; seconds: number },
): Contender => ({
  name,
  async measure(share) {
    const answered = new Map<string, number>();
    await callsASecond(writers, seconds * share, async (caller) => {
      const fact = newFact();
      await store.append(fact, caller);
      answered.set(fact.id, monotonicMs());
      if (pauseMs > 0) await pause(pauseMs);
    });
    const receipts = await subscriber.receipts(answered.keys());
    const lost = `${answered.size - receipts.size} of ${answered.size} events never reached the subscriber of ${name}`;
    if (receipts.size < answered.size) {
      if (name !== EMMETT) throw new Error(lost);
      report(lost); // it is known to pass over events; its figures are those of the others
    }
    const delays = [...receipts].map(([id, at]) => at - answered.get(id)!);
    return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  },
});

/** The log, its publisher and a consumer in the other process, as plugins have them. */
async function kernel(ground: Ground, cleanup: AsyncDisposableStack): Promise<Delivery> {
  const store = await KernelStore.open(await ground.database(cleanup), PLUGIN, cleanup);
  const bus = await openBus(ground, cleanup);
  const publisher = new Publisher({ plugin: PLUGIN, pool: store.pool, log: store.log, bus, report });
  const responder = new LogResponder({ plugin: PLUGIN, log: store.log, bus });
  for (const part of [publisher, responder]) {
    part.start();
    cleanup.defer(() => part.stop());
  }
  const subscription = { by: 'consumer', natsUrl: ground.natsUrl, plugin: PLUGIN } as const;
  return { store, subscriber: await Subscriber.start(subscription, cleanup) };
}

/** Each writer tells of its own insert after the commit: what is lost or out of order then, nobody notices. */
async function raw(ground: Ground, writers: number, cleanup: AsyncDisposableStack): Promise<Delivery> {
  const inserts = await RawStore.open(await ground.database(cleanup), writers, cleanup);
  const bus = await openBus(ground, cleanup);
  const subscription = { by: 'messages', natsUrl: ground.natsUrl, subject: SUBJECT } as const;
  const store: Store = {
    async append(fact, caller) {
      await inserts.append(fact, caller);
      bus.publish(SUBJECT, JSON.stringify(fact));
    },
  };
  return { store, subscriber: await Subscriber.start(subscription, cleanup) };
}

async function emmett(ground: Ground, writers: number, cleanup: AsyncDisposableStack): Promise<Delivery> {
  const databaseUrl = await ground.database(cleanup);
  const store = await EmmettStore.open(databaseUrl, writers, cleanup);
  return { store, subscriber: await Subscriber.start({ by: 'emmett', databaseUrl }, cleanup) };
}

async function openBus(ground: Ground, cleanup: AsyncDisposableStack): Promise<Bus> {
  const bus = await connectNats({ url: ground.natsUrl, name: 'bench', report });
  cleanup.defer(() => bus.close());
  return bus;
}

export const deliveryCells: readonly Cell[] = [
  deliveryCell('idle', 1, 10),
  deliveryCell('beside 16 writers', 16, 0),
];
