import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf } from '@weinao/testing';
import type { EventLog } from './log/event-log.ts';
import { Follower } from './projection/follower.ts';
import { postgresLogs } from './test/postgres.log.opener.ts';
import type { PostgresLogs } from './test/postgres.log.opener.ts';
import { withUpcasters } from './upcaster.ts';

/** Version 1 had a text for the place, version 2 an object, version 3 has the urgency too. */
const upcasters = {
  TicketOpened: [
    ({ place }: { place: string }) => ({ place: { text: place } }),
    (data: { place: object }) => ({ ...data, urgency: 'NORMAL' }),
  ],
};

describe('a log with upcasters', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let stored: EventLog;
  let log: EventLog;

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    stored = opened.log;
    log = withUpcasters(stored, upcasters);
  });
  afterEach(() => opened.close());
  afterAll(() => logs.close());

  const opening = (data: object, schemaVersion: number) =>
    appendRequest({ events: [{ ...factOf('TicketOpened', data), schemaVersion }] });

  it('gives every stored version in the newest shape, and leaves the stored one as it is', async () => {
    const first = opening({ place: '3 号楼' }, 1);
    await stored.append(first);
    await stored.append(opening({ place: { text: '3 号楼' } }, 2));
    await stored.append(opening({ place: { text: '3 号楼' }, urgency: 'HIGH' }, 3));
    const newest = (urgency: string) => ({ schemaVersion: 3, data: { place: { text: '3 号楼' }, urgency } });
    const read = await log.read({ after: 0n, limit: 10 });
    expect(read).toEqual(
      ['NORMAL', 'NORMAL', 'HIGH'].map((urgency) => expect.objectContaining(newest(urgency))),
    );
    expect(await log.readStream(first.stream)).toEqual([expect.objectContaining(newest('NORMAL'))]);
    expect((await stored.read({ after: 0n, limit: 1 }))[0]).toMatchObject({
      schemaVersion: 1,
      data: { place: '3 号楼' },
    });
  });

  it('stores new events with the newest version, and others with 1', async () => {
    const data = { place: { text: '3 号楼' }, urgency: 'LOW' };
    const answered = await log.append(
      appendRequest({ events: [factOf('TicketOpened', data), factOf('TicketClosed')] }),
    );
    const read = await stored.read({ after: 0n, limit: 10 });
    expect(read.map(({ schemaVersion }) => schemaVersion)).toEqual([3, 1]);
    expect(answered).toEqual(read);
  });

  it('refuses to read an event of a version that is newer than the program', async () => {
    await stored.append(opening({}, 4));
    await expect(log.read({ after: 0n, limit: 10 })).rejects.toThrow(
      'TicketOpened at position 1 has version 4',
    );
  });

  it('says which event could not be lifted, from which version, and why', async () => {
    await stored.append(opening({ place: '3 号楼' }, 1));
    const broken = withUpcasters(stored, {
      TicketOpened: [({ place }: { place: { text: string } }) => ({ text: place.text.trim() })],
    });
    await expect(broken.read({ after: 0n, limit: 10 })).rejects.toThrow(
      'TicketOpened at position 1 cannot be lifted from version 1 to 2: Cannot read properties',
    );
  });

  it('lets a follower stand before what a newer program wrote, until its own program is the newer one', async () => {
    const seen: string[] = [];
    const reports: string[] = [];
    let done = 0n;
    const follow = (over: EventLog): Follower => {
      const follower = new Follower({
        name: 'The list',
        log: over,
        load: () => Promise.resolve(done),
        handle: async (page) => {
          seen.push(...page.map(({ data }) => JSON.stringify(data)));
          done = page.at(-1)!.position;
          return true;
        },
        report: (message, error) => reports.push(`${message}: ${(error as Error).message}`),
      });
      follower.start();
      return follower;
    };
    const older = follow(log);
    await log.append(opening({ n: 1 }, 3));
    await older.reached(1n, 10_000);
    await stored.append(opening({ n: 2 }, 4));
    while (reports.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await older.stop();
    expect(reports[0]).toContain('TicketOpened at position 2 has version 4; this program knows up to 3');
    const newer = follow(
      withUpcasters(stored, { TicketOpened: [...upcasters.TicketOpened, (data: object) => data] }),
    );
    await newer.reached(2n, 10_000);
    await newer.stop();
    expect(seen).toEqual(['{"n":1}', '{"n":2}']);
  });

  it('is otherwise the same log', async () => {
    let heard = 0;
    const leave = log.onAppend(() => heard++);
    const request = opening({}, 3);
    await log.append(request);
    log.ring();
    leave();
    log.ring();
    expect(heard).toBe(2);
    expect(await log.head()).toBe(1n);
    expect(await log.findCommand(request.command.id)).toMatchObject({ stream: request.stream, revision: 0 });
    await log.close();
  });
});
