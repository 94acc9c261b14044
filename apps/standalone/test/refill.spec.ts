import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { connectNats, createKernelSchema, PostgresEventLog } from '@weinao/events';
import type { NatsBus } from '@weinao/events';
import { appendRequest, createTestDatabase, Inbox } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { ProcessFixture } from './process.fixture.ts';

const fixture = new ProcessFixture();
let nats: NatsServer;
let natsWithout: NatsServer;
let database: TestDatabase;
let bus: NatsBus;
let directory: string;

beforeAll(async () => {
  [nats, natsWithout, database, directory] = await Promise.all([
    startNatsServer({ jetStream: true }),
    startNatsServer(),
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
  await Promise.all([nats.stop(), natsWithout.stop()]);
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
        'tickets: 0 events stored, N events/s; 30 were there already.\n',
    });
  });

  it('publishes everything anew into a recreated stream', async () => {
    expect(await refill(['--recreate'])).toEqual({
      code: 0,
      errors: 'communities: 30 events stored, N events/s.\ntickets: 30 events stored, N events/s.\n',
    });
  });

  it('says in a sentence what is wrong', async () => {
    expect(await refill(['--plugin', 'wishes'])).toEqual({
      code: 1,
      errors: 'There is no plugin wishes here; choose from communities, tickets.\n',
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
