import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { connectNats, createKernelSchema, PostgresEventLog } from '@weinao/events';
import type { Bus, NatsBus } from '@weinao/events';
import {
  appendRequest,
  CommunitiesDouble,
  createTestDatabase,
  Inbox,
  untilSubscribed,
} from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { ProcessFixture } from './process.fixture.ts';
import { plugins } from '../plugins.ts';

const fixture = new ProcessFixture();
let nats: NatsServer;
let natsWithout: NatsServer;
let untouched: NatsServer;
let database: TestDatabase;
let bus: NatsBus;
let directory: string;

beforeAll(async () => {
  [nats, natsWithout, untouched, database, directory] = await Promise.all([
    startNatsServer({ jetStream: true }),
    startNatsServer(),
    startNatsServer({ jetStream: true }),
    createTestDatabase(),
    fixture.directory(),
  ]);
  bus = await connectNats({ url: nats.url, name: 'spec', report: () => undefined });
  for (const plugin of ['communities', 'tickets']) {
    await createKernelSchema(database.pool, plugin);
    const log = new PostgresEventLog(database.pool, plugin);
    await Promise.all(Array.from({ length: 30 }, () => log.append(appendRequest())));
  }
});

afterAll(async () => {
  await fixture.cleanUp();
  await bus.close();
  await Promise.all([nats, natsWithout, untouched].map((server) => server.stop()));
  await database.close();
});

async function refill(
  args: readonly string[] = [],
  natsUrl = nats.url,
): Promise<{ code: unknown; errors: string }> {
  const environment = { NATS_URL: natsUrl, DATABASE_URL: database.url, WEINAO_DATA: directory };
  const started = fixture.start('apps/standalone/bin/weinao.mjs', environment, ['bus', 'refill', ...args]);
  return { code: await started.ended, errors: started.errors.replace(/\d+ events\/s/g, 'N events/s') };
}

async function hasStream(bus: Bus): Promise<boolean> {
  const info = await bus.request('$JS.API.STREAM.INFO.WEINAO_EVENTS', '', { timeoutMs: 5_000 });
  return (JSON.parse(info) as { error?: object }).error === undefined;
}

/** Beside the two whose logs hold something. */
const nothingOfOthers = plugins
  .slice(2)
  .map(({ manifest: { id } }) => `${id}: 0 events stored, N events/s.\n`)
  .join('');

describe('weinao bus refill', () => {
  it('publishes each event of every plugin, makes the stream, and leaves out what is there already', async () => {
    const heard = new Inbox();
    bus.subscribe('evt.>', heard.take);
    expect(await refill(['--plugin', 'tickets'])).toEqual({
      code: 0,
      errors: 'tickets: 30 events stored, N events/s.\n',
    });
    await heard.until(30);
    expect(await refill()).toEqual({
      code: 0,
      errors:
        'communities: 30 events stored, N events/s.\n' +
        'tickets: 0 events stored, N events/s; 30 were there already.\n' +
        nothingOfOthers,
    });
  });

  it('publishes everything anew into a recreated stream', async () => {
    expect(await refill(['--recreate'])).toEqual({
      code: 0,
      errors:
        'communities: 30 events stored, N events/s.\ntickets: 30 events stored, N events/s.\n' +
        nothingOfOthers,
    });
  });

  it('finds in the stream what a service has published that runs with WEINAO_JETSTREAM=on', async () => {
    const listening = await connectNats({ url: untouched.url, name: 'spec', report: () => undefined });
    try {
      new CommunitiesDouble(listening, () => new Date()); // takes the announcement, without which nothing is published
      fixture.start('apps/services/tickets/main.ts', {
        NATS_URL: untouched.url,
        DATABASE_URL: database.url,
        WEINAO_JETSTREAM: 'on',
      });
      while (!(await hasStream(listening))) await pause(50);
      const heard = new Inbox();
      listening.subscribe('evt.*.tickets.>', heard.take);
      await untilSubscribed(listening);
      const log = new PostgresEventLog(database.pool, 'tickets');
      for (let n = 0; n < 5; n++) await log.append(appendRequest());
      await heard.until(5);
      const { code, errors } = await refill(['--plugin', 'tickets'], untouched.url);
      const [, stored, known] = /^tickets: (\d+) events stored, .*; (\d+) were there already\.\n$/.exec(
        errors,
      )!;
      expect({ code, events: Number(stored) + Number(known) }).toEqual({ code: 0, events: 35 });
      expect(Number(known)).toBeGreaterThanOrEqual(5);
    } finally {
      await listening.close();
    }
  });

  it('says in a sentence what is wrong', async () => {
    expect(await refill(['--plugin', 'wishes'])).toEqual({
      code: 1,
      errors: expect.stringMatching(
        /^There is no plugin wishes here; choose from communities, tickets, .*\n$/,
      ),
    });
    expect(await refill(['--recreate', '--plugin', 'tickets'])).toEqual({
      code: 1,
      errors: '--recreate deletes the events of every plugin: leave --plugin out.\n',
    });
    expect(await refill([], natsWithout.url)).toEqual({
      code: 1,
      errors: expect.stringMatching(/^The server at NATS_URL has no JetStream \(nats-server -js\): .*\n$/),
    });
    expect(await refill([], '')).toEqual({
      code: 1,
      errors: expect.stringMatching(/^NATS_URL is not set; .*\n$/),
    });
  });
});
