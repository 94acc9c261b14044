import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { noteDecider, TestCommunities } from './notes.fixture.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { InProcessBus, intent, Reactor } from '../index.ts';
import type { EventLog, Reaction, ReactorOptions, Recorded } from '../index.ts';

export const LONG = 30_000;

export type TextWritten = {
  readonly type: 'TextWritten';
  readonly data: { readonly text: string; readonly to?: string };
};

/** Takes down each text that is written, where it says. */
export const takeDown: Reaction<TextWritten> = {
  name: 'take-down',
  follows: ['TextWritten'],
  react: ({ data: { text, to = 'all' } }) => {
    if (text === 'unreadable') throw new Error('planted');
    return [intent(noteDecider, to, { type: 'Note', text })];
  },
};

interface Where {
  readonly to?: string;
  readonly stream?: string;
  readonly community?: string;
}

/** Reactors on a log of their own, anew for each test; the plugin is on in the community sunshine. */
export class ReactorFixture {
  logs: PostgresLogs;
  opened: Awaited<ReturnType<PostgresLogs['open']>>;
  bus: InProcessBus;
  communities: TestCommunities;
  reports: Inbox<string>;
  private readonly stops: (() => Promise<void>)[] = [];

  constructor() {
    beforeAll(async () => {
      this.logs = await postgresLogs();
    });
    beforeEach(async () => {
      this.opened = await this.logs.open();
      this.bus = new InProcessBus(() => undefined);
      this.communities = new TestCommunities('sunshine');
      this.reports = new Inbox();
    });
    afterEach(async () => {
      for (const stop of this.stops.splice(0).reverse()) await stop();
      await this.bus.close();
      await this.opened.close();
    });
    afterAll(() => this.logs.close());
  }

  started(more: Partial<ReactorOptions> = {}): Reactor {
    const { opened, logs, bus, communities } = this;
    const reactor = new Reactor({
      plugin: opened.schema,
      reaction: takeDown,
      pool: logs.database.pool,
      log: opened.log,
      ...{ bus, communities },
      clock: () => new Date('2026-03-02T09:00:00.000Z'),
      report: (message, error) =>
        this.reports.take(error ? `${message}: ${(error as Error).message}` : message),
      ...more,
    });
    this.begin(reactor);
    return reactor;
  }

  /** Runs until the end of the test. */
  begin(part: { start(): void; stop(): Promise<void> }): void {
    part.start();
    this.stops.push(() => part.stop());
  }

  async write(text: string, where: Where = {}, log: EventLog = this.opened.log): Promise<Recorded> {
    const { to, community = 'sunshine' } = where;
    const stream = where.stream ?? `text/${community}/${Math.random()}`;
    const events = [factOf('TextWritten', to ? { text, to } : { text }, { communityId: community })];
    const expectedRevision = (await log.readStream(stream)).length - 1;
    const [event] = await log.append(
      appendRequest({ stream, communityId: community, expectedRevision, events }),
    );
    return event!;
  }

  notes(to = 'all', community = 'sunshine'): Promise<Recorded[]> {
    return this.opened.log.readStream(`note/${community}/${to}`);
  }

  async texts(to?: string, community?: string): Promise<unknown[]> {
    return (await this.notes(to, community)).map(({ data }) => (data as { text: string }).text);
  }

  async checkpoint(name = 'reaction:take-down'): Promise<string | undefined> {
    const query = `select position from "${this.opened.schema}".checkpoints where name = $1`;
    return (await this.logs.database.pool.query<{ position: string }>(query, [name])).rows[0]?.position;
  }
}
