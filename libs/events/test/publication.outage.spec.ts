import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Inbox } from '@weinao/testing';
import { RestartingNats } from './nats.restarts.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { openTicketsIn } from './tickets/ticket-list.database.ts';
import { connectNats, Consumer, LogResponder, Publisher } from '../index.ts';
import type { Bus, EventLog } from '../index.ts';

const LONG = 30_000;
const quiet = (): void => undefined;

describe('publication while the NATS server is away', () => {
  let nats: RestartingNats;
  let logs: PostgresLogs;
  let log: EventLog;
  let plugin: string;
  let publishing: Bus;
  let publisher: Publisher;
  let closeLog: () => Promise<void>;
  const stops: (() => Promise<void>)[] = [];
  const reports = new Inbox<string>();

  beforeAll(async () => {
    [nats, logs] = await Promise.all([RestartingNats.start(), postgresLogs()]);
    ({ log, schema: plugin, close: closeLog } = await logs.open());
    publishing = await connected();
    const responder = new LogResponder({ plugin, log, bus: publishing });
    responder.start();
    stops.push(() => responder.stop());
    publisher = newPublisher();
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
    await closeLog();
    await logs.close();
    await nats.close();
  });

  async function connected(): Promise<Bus> {
    const bus = await connectNats({ url: nats.url, name: 'spec', report: quiet });
    stops.push(() => bus.close());
    return bus;
  }
  function newPublisher(): Publisher {
    const started = new Publisher({
      plugin,
      pool: logs.database.pool,
      log,
      bus: publishing,
      report: reports.take,
    });
    started.start();
    stops.push(() => started.stop());
    return started;
  }
  async function consume(): Promise<{ consumer: Consumer; positions: Inbox<number> }> {
    const positions = new Inbox<number>();
    const consumer = new Consumer({
      bus: await connected(),
      plugin,
      after: 0n,
      handle: ({ position }) => positions.take(Number(position)),
      report: quiet,
    });
    consumer.start();
    stops.push(() => consumer.stop());
    await consumer.ready;
    return { consumer, positions };
  }
  const published = async (): Promise<bigint> => {
    const query = `select position from "${plugin}".checkpoints where name = 'publication'`;
    return BigInt((await logs.database.pool.query<{ position: string }>(query)).rows[0]!.position);
  };
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

  it('counts nothing as published, and brings each event to every consumer, once and in order, when it is back', async () => {
    const consumers = [await consume(), await consume()];
    const first = await openTicketsIn(log, 10);
    await Promise.all(consumers.map(({ consumer }) => consumer.reached(first, LONG)));
    while ((await published()) < 10n) await pause(20);

    await nats.kill();
    await openTicketsIn(log, 100);
    await expect(
      publishing.request(`log.${plugin}.read`, '{"after":"0"}', { timeoutMs: 1_000 }),
    ).rejects.toThrow();
    expect(await published()).toBe(10n);

    await nats.startAgain({ empty: true });
    for (const { positions } of consumers) expect(await positions.until(110)).toEqual(upTo(110));
    while ((await published()) < 110n) await pause(20);
    expect(reports.items).toHaveLength(1); // for one outage, however long
  });

  it('can be stopped meanwhile, and goes on where it stood', async () => {
    const { positions } = await consume();
    await nats.kill();
    await openTicketsIn(log, 5);
    await expect(
      publishing.request(`log.${plugin}.read`, '{"after":"0"}', { timeoutMs: 1_000 }),
    ).rejects.toThrow();
    await publisher.stop();
    expect(await published()).toBe(110n);
    await nats.startAgain({ empty: false });
    newPublisher();
    expect(await positions.until(115)).toEqual(upTo(115));
    while ((await published()) < 115n) await pause(20);
  });
});
