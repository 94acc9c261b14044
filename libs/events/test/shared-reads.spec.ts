import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, describeEventLog, factOf } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { Follower, SharedReads } from '../index.ts';
import type { EventLog, ReadOptions, Recorded } from '../index.ts';

let logs: PostgresLogs;

beforeAll(async () => {
  logs = await postgresLogs();
});

afterAll(() => logs.close());

describeEventLog('PostgreSQL with shared reads', async () => {
  const opened = await logs.open();
  return {
    log: new SharedReads(opened.log),
    another: async () => new SharedReads(await opened.another()),
    close: () => opened.close(),
  };
});

describe('shared reads', () => {
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let beneath: EventLog;
  let reads: ReadOptions[];
  let failing: Error | undefined;
  const LIMITS = { mostEvents: 20, mostCharacters: 100_000 };

  beforeEach(async () => {
    opened = await logs.open();
    reads = [];
    failing = undefined;
    beneath = new Proxy<EventLog>(opened.log, {
      get: (log, name) => {
        const method = (log[name as keyof EventLog] as () => unknown).bind(log);
        if (name !== 'read') return method;
        return async (options: ReadOptions): Promise<Recorded[]> => {
          reads.push(options);
          if (failing) throw failing;
          return log.read(options);
        };
      },
    });
  });
  afterEach(() => opened.close());

  const append = async (events: number, size = 0): Promise<void> => {
    const facts = Array.from({ length: events }, () => factOf('TicketNoted', { text: 'x'.repeat(size) }));
    await opened.log.append(appendRequest({ events: facts }));
  };
  const positions = (events: readonly Recorded[]): number[] => events.map(({ position }) => Number(position));
  const upTo = (last: number, first = 1): number[] =>
    Array.from({ length: last - first + 1 }, (_, n) => first + n);

  /** As a follower does: what follows on what it has. */
  function reader(log: EventLog, limit = 1_000): { seen: Recorded[]; read(): Promise<number> } {
    const seen: Recorded[] = [];
    return {
      seen,
      read: async () => {
        const page = await log.read({ after: seen.at(-1)?.position ?? 0n, limit });
        seen.push(...page);
        return page.length;
      },
    };
  }

  it('cost one read a page for ten followers at the head', async () => {
    const log = new SharedReads(beneath, LIMITS);
    const readers = Array.from({ length: 10 }, () => reader(log));
    await append(3);
    for (const { read } of readers) await read();
    for (let round = 1; round <= 5; round++) {
      await append(3);
      reads = [];
      expect(await Promise.all(readers.map(({ read }) => read()))).toEqual(readers.map(() => 3));
      expect(reads).toEqual([{ after: BigInt(3 * round), limit: 1_000 }]);
    }
    for (const { seen } of readers) expect(positions(seen)).toEqual(upTo(18));
  });

  it('serve real followers, each everything in order', async () => {
    const log = new SharedReads(beneath, LIMITS);
    const seen = Array.from({ length: 10 }, (): Recorded[] => []);
    const followers = seen.map(
      (events, n) =>
        new Follower({
          name: `follower ${n}`,
          log,
          load: () => Promise.resolve(0n),
          handle: async (page) => {
            await new Promise((resolve) => setTimeout(resolve, n));
            events.push(...page);
            return true;
          },
          report: (message, error) => {
            throw new Error(message, { cause: error });
          },
        }),
    );
    for (const follower of followers) follower.start();
    const second = await opened.another();
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        (n % 2 ? second : log).append(appendRequest({ events: [factOf('A'), factOf('B')] })),
      ),
    );
    await Promise.all(followers.map((follower) => follower.reached(600n, 30_000)));
    await Promise.all(followers.map((follower) => follower.stop()));
    for (const events of seen) expect(positions(events)).toEqual(upTo(600));
  });

  it('show what was appended before the call, also by another process that rings nobody', async () => {
    const log = new SharedReads(beneath, LIMITS);
    await append(1);
    const { read, seen } = reader(log);
    await read();
    const second = await opened.another();
    for (let n = 2; n <= 20; n++) {
      const early = log.read({ after: 0n, limit: 100 });
      await second.append(appendRequest());
      expect(await read()).toBe(1);
      expect(positions(await log.read({ after: 0n, limit: 100 }))).toEqual(upTo(n));
      await early;
    }
    expect(positions(seen)).toEqual(upTo(20));
  });

  it('come from memory where a page is full, and not for who asks beyond', async () => {
    const log = new SharedReads(beneath, LIMITS);
    await append(10);
    await reader(log).read();
    reads = [];
    expect(positions(await log.read({ after: 2n, limit: 5 }))).toEqual(upTo(7, 3));
    expect(reads).toEqual([]);
    expect(await log.read({ after: 50n, limit: 5 })).toEqual([]);
    expect(reads).toEqual([{ after: 50n, limit: 5 }]);
  });

  it('leave a laggard to read for himself, and keep nothing of it', async () => {
    const log = new SharedReads(beneath, LIMITS);
    await append(100);
    const laggard = reader(log, 10);
    const leader = reader(log);
    await leader.read();
    reads = [];
    while ((await laggard.read()) > 0);
    const alone = reads.filter(({ limit }) => limit === 10);
    expect(alone).toHaveLength(8); // up to the 80th: the last 20 are in memory
    expect(positions(laggard.seen)).toEqual(upTo(100));
    reads = [];
    await append(1);
    expect([await leader.read(), await laggard.read()]).toEqual([1, 1]);
    expect(reads.every(({ after }) => after >= 100n)).toBe(true);
  });

  it.each([
    ['many events', 60, 0],
    ['large events', 10, 60_000],
  ])('forget the oldest of %s, and still show no hole', async (_name, events, size) => {
    const log = new SharedReads(beneath, LIMITS);
    await append(1);
    const { read, seen } = reader(log);
    await read();
    await append(events, size);
    while ((await read()) > 0);
    expect(positions(seen)).toEqual(upTo(events + 1));
    reads = [];
    expect(positions(await log.read({ after: 0n, limit: 1_000 }))).toEqual(upTo(events + 1));
    expect(reads).toEqual([{ after: 0n, limit: 1_000 }]);
  });

  it('fail for those who asked, and try again for the next', async () => {
    const log = new SharedReads(beneath, LIMITS);
    await append(1);
    const readers = [reader(log), reader(log)];
    for (const { read } of readers) await read();
    failing = new Error('connection lost');
    const results = await Promise.allSettled(readers.map(({ read }) => read()));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    failing = undefined;
    await append(2);
    expect(await Promise.all(readers.map(({ read }) => read()))).toEqual([2, 2]);
  });

  it('show no more than a full page where the log goes on behind it', async () => {
    const log = new SharedReads(beneath, { mostEvents: 5_000, mostCharacters: 10_000_000 });
    await append(1);
    await reader(log).read();
    await append(2_500);
    expect(positions(await log.read({ after: 0n, limit: 5_000 }))).toEqual(upTo(2_501));
  });
});
