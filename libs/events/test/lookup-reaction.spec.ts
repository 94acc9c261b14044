import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendRequest, factOf, Inbox } from '@weinao/testing';
import { noteDecider, TestCommunities } from './notes.fixture.ts';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';
import { InProcessBus, intent, NotNow, Reactor } from '../index.ts';
import type { Followed, Intent, LookupReaction } from '../index.ts';

const LONG = 30_000;

type TextWritten = { readonly type: 'TextWritten'; readonly data: { readonly text: string } };

describe('a reaction that looks something up', () => {
  let logs: PostgresLogs;
  let opened: Awaited<ReturnType<PostgresLogs['open']>>;
  let bus: InProcessBus;
  let reports: Inbox<string>;
  const reactors: Reactor[] = [];

  beforeAll(async () => {
    logs = await postgresLogs();
  });
  beforeEach(async () => {
    opened = await logs.open();
    bus = new InProcessBus(() => undefined);
    reports = new Inbox();
  });
  afterEach(async () => {
    for (const reactor of reactors.splice(0)) await reactor.stop();
    await bus.close();
    await opened.close();
  });
  afterAll(() => logs.close());

  function started(look: (event: Followed<TextWritten>) => Promise<readonly Intent[]>): Reactor {
    const reaction: LookupReaction<TextWritten> = { name: 'take-down', follows: ['TextWritten'], look };
    const reactor = new Reactor({
      ...{ plugin: opened.schema, reaction, pool: logs.database.pool, log: opened.log, bus },
      clock: () => new Date('2026-03-02T09:00:00.000Z'),
      communities: new TestCommunities('sunshine'),
      report: (message) => reports.take(message),
    });
    reactor.start();
    reactors.push(reactor);
    return reactor;
  }

  async function write(text: string): Promise<bigint> {
    const stream = `text/sunshine/${text}`;
    const events = [factOf('TextWritten', { text }, { communityId: 'sunshine' })];
    const [event] = await opened.log.append(appendRequest({ stream, communityId: 'sunshine', events }));
    return event!.position;
  }

  const note = (text: string, to = 'all'): Intent => intent(noteDecider, to, { type: 'Note', text });
  const notes = async (to = 'all'): Promise<string[]> =>
    (await opened.log.readStream(`note/sunshine/${to}`)).map(({ data }) => (data as { text: string }).text);
  const parked = async (): Promise<unknown[]> =>
    (await logs.database.pool.query<object>(`select * from "${opened.schema}".parked`)).rows;

  it('does what it wanted first, once, though it wants something else when it is asked again after a crash', async () => {
    const { pool } = logs.database;
    await pool.query(`
      create function "${opened.schema}".fail() returns trigger language plpgsql as
        $$ begin raise 'the checkpoint failed' using errcode = '53100'; end $$;
      create trigger fail before update on "${opened.schema}".checkpoints
        execute function "${opened.schema}".fail()`);
    const position = await write('anything');
    const answers = [[note('first')], [note('second')], [note('third', 'somebody else')]];
    let asked = 0;
    const reactor = started(async () => answers[Math.min(asked++, 2)]!);
    await reports.until(3);
    await pool.query(`drop trigger fail on "${opened.schema}".checkpoints`);
    await reactor.reached(position, LONG);
    expect(asked).toBeGreaterThanOrEqual(3);
    expect([await notes(), await notes('somebody else'), await parked()]).toEqual([['first'], [], []]);
  });

  it('looks only when everything before is done', async () => {
    let last = 0n;
    for (const text of ['one', 'two', 'three']) last = await write(text);
    await started(async () => [note(`after ${(await notes()).length}`)]).reached(last, LONG);
    expect(await notes()).toEqual(['after 0', 'after 1', 'after 2']);
  });

  it('waits for as long as nothing can be told, and parks nothing', async () => {
    let away = true;
    const position = await write('patience');
    const reactor = started(async ({ data: { text } }) => {
      if (away) throw new NotNow(new Error('the database is away'));
      return [note(text)];
    });
    await reports.until(6); // more often than an event at fault is tried
    expect(await parked()).toEqual([]);
    away = false;
    await reactor.reached(position, LONG);
    expect(await notes()).toEqual(['patience']);
  });

  it('passes over the stream of an event on which it breaks', async () => {
    await write('broken');
    const position = await write('whole');
    await started(async ({ data: { text } }) => {
      if (text === 'broken') throw new Error('planted');
      return [note(text)];
    }).reached(position, LONG);
    expect(await notes()).toEqual(['whole']);
    expect(await parked()).toMatchObject([{ stream: 'text/sunshine/broken', tries: 5 }]);
  });
});
