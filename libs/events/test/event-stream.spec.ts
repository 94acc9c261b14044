import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { StreamConfig } from '@nats-io/jetstream';
import { Inbox } from '@weinao/testing';
import { RestartingNats } from './nats.restarts.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { openTicketsIn } from './tickets/ticket-list.database.ts';
import { connectNats, EventStream, EventStreamKeeper, Publisher, refill } from '../index.ts';
import type { EventLog, NatsBus } from '../index.ts';

const STREAM = 'WEINAO_EVENTS';

describe('the event stream for integrators', () => {
  let nats: RestartingNats;
  let logs: PostgresLogs;
  let bus: NatsBus;
  let log: EventLog;
  let plugin: string;
  const reports = new Inbox<string>();
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    [nats, logs] = await Promise.all([RestartingNats.start(), postgresLogs()]);
  });
  beforeEach(async () => {
    const opened = await logs.open();
    ({ log, schema: plugin } = opened);
    bus = await connectNats({ url: nats.url, name: 'spec', report: () => undefined });
    stops.push(opened.close, () => bus.close());
  });
  afterEach(async () => {
    if (await streamConfig()) await remove();
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  afterAll(async () => {
    await logs.close();
    await nats.close();
  });

  const run = (part: { start(): void; stop(): Promise<void> }): void => {
    part.start();
    stops.push(() => part.stop());
  };
  const publish = (): void =>
    run(new Publisher({ plugin, pool: logs.database.pool, log, bus, report: reports.take }));
  const keep = (): void => run(new EventStreamKeeper({ bus, maxAgeDays: 7, report: reports.take }));

  async function streamConfig(): Promise<StreamConfig | undefined> {
    try {
      const manager = await jetstreamManager(bus.connection);
      return (await manager.streams.info(STREAM)).config;
    } catch {
      return undefined;
    }
  }
  async function untilThere(): Promise<StreamConfig> {
    for (;;) {
      const config = await streamConfig();
      if (config) return config;
      await pause(20);
    }
  }
  const remove = async (): Promise<unknown> =>
    (await jetstreamManager(bus.connection)).streams.delete(STREAM);

  /** Positions that a durable consumer gets, up to the next `count` of this plugin's events. */
  async function durably(name: string, count: number): Promise<number[]> {
    const manager = await jetstreamManager(bus.connection);
    const filter = { filter_subject: `evt.*.${plugin}.*` };
    await manager.consumers.add(STREAM, { durable_name: name, ack_policy: AckPolicy.Explicit, ...filter });
    const consumer = await jetstream(bus.connection).consumers.get(STREAM, name);
    const positions: number[] = [];
    while (positions.length < count) {
      for await (const message of await consumer.fetch({ max_messages: count - positions.length })) {
        positions.push(Number(message.json<{ sequence: string }>().sequence));
        await message.ackAck();
      }
    }
    return positions;
  }
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

  it('keeps on disk what is published, for so many days, and each event once', async () => {
    keep();
    expect(await untilThere()).toMatchObject({
      subjects: ['evt.>'],
      retention: 'limits',
      storage: 'file',
      max_age: 7 * 86_400 * 1e9,
      duplicate_window: 120 * 1e9,
    });
    await openTicketsIn(log, 40);
    publish();
    expect(await durably('everything', 40)).toEqual(upTo(40));
    await logs.database.pool.query(
      `update "${plugin}".checkpoints set position = 0 where name = 'publication'`,
    );
    publish(); // as after a crash before the checkpoint moved
    await openTicketsIn(log, 1);
    expect(await durably('everything', 1)).toEqual([41]);
  });

  it('leaves a stream alone that an operator has made', async () => {
    const manager = await jetstreamManager(bus.connection);
    await manager.streams.add({ name: STREAM, subjects: ['evt.*.tickets.>'], max_msgs: 10 });
    await (await EventStream.over(bus)).ensure(7);
    expect(await streamConfig()).toMatchObject({ subjects: ['evt.*.tickets.>'], max_msgs: 10 });
  });

  it('is made again when the store was deleted, and refilled from the log: a durable consumer gets everything', async () => {
    keep();
    await untilThere();
    publish();
    await openTicketsIn(log, 600);
    expect(await durably('integrator', 600)).toEqual(upTo(600));
    await nats.kill();
    await nats.startAgain({ empty: true });
    await untilThere();
    const stream = await EventStream.over(bus);
    const told: number[] = [];
    const progress = (events: number): number => told.push(events);
    expect(await refill({ plugin, log, stream, progress })).toEqual({ stored: 600, known: 0 });
    expect(told).toEqual([500, 600]);
    expect(await durably('integrator', 600)).toEqual(upTo(600));
    expect(await refill({ plugin, log, stream, progress })).toEqual({ stored: 0, known: 600 });
  });

  it('can be recreated as it was, and its durable consumers get everything again', async () => {
    const stream = await EventStream.over(bus);
    await stream.ensure(7);
    const config = await streamConfig();
    publish();
    await openTicketsIn(log, 20);
    expect(await durably('integrator', 20)).toEqual(upTo(20));
    await stream.recreate();
    expect(await streamConfig()).toEqual(config);
    expect(await refill({ plugin, log, stream, progress: () => undefined })).toEqual({
      stored: 20,
      known: 0,
    });
    expect(await durably('integrator', 20)).toEqual(upTo(20));
  });

  it('fails no publication when it is full, or not there at all', async () => {
    const manager = await jetstreamManager(bus.connection);
    await manager.streams.add({ name: STREAM, subjects: ['evt.>'], discard: 'new', max_msgs: 5 });
    const heard = new Inbox();
    bus.subscribe(`evt.*.${plugin}.>`, heard.take);
    publish();
    await openTicketsIn(log, 20);
    await heard.until(20);
    expect((await manager.streams.info(STREAM)).state.messages).toBe(5);
    const stream = await EventStream.over(bus);
    const refilling = refill({ plugin, log, stream, progress: () => undefined });
    await expect(refilling).rejects.toThrow('maximum messages exceeded');
    await remove();
    await openTicketsIn(log, 20);
    await heard.until(60); // those of the refill, too
    expect(reports.items.filter((report) => report.startsWith('Publication'))).toEqual([]);
  });
});
