import { describe, expect, it } from '@jest/globals';
import { appendRequest, Inbox } from '@weinao/testing';
import { noteDecider } from './notes.fixture.ts';
import { LONG, ReactorFixture, takeDown } from './reactor.fixture.ts';
import type { TextWritten } from './reactor.fixture.ts';
import { intent, rewindToParked } from '../index.ts';
import type { EventLog, Reaction } from '../index.ts';

describe('a reactor', () => {
  const here = new ReactorFixture();
  const parked = async (): Promise<unknown[]> =>
    (await here.logs.database.pool.query<object>(`select * from "${here.opened.schema}".parked`)).rows;

  it('does what its event leads to, in its own name and with the trace of the event', async () => {
    const event = await here.write('灯坏了');
    await here.started().reached(event.position, LONG);
    const [note] = await here.notes();
    expect(note).toMatchObject({
      type: 'Noted',
      at: '2026-03-02T09:00:00.000Z',
      data: { text: '灯坏了', by: `reaction:${here.opened.schema}.take-down` },
      metadata: {
        communityId: 'sunshine',
        actorId: `reaction:${here.opened.schema}.take-down`,
        correlationId: event.metadata.correlationId,
        causationId: event.id,
      },
    });
    expect(await here.checkpoint()).toBe('1');
  });

  it('does it once when the checkpoint fails after the command', async () => {
    const { pool } = here.logs.database;
    await pool.query(`
      create function "${here.opened.schema}".fail() returns trigger language plpgsql as
        $$ begin raise 'the checkpoint failed' using errcode = '53100'; end $$;
      create trigger fail before update on "${here.opened.schema}".checkpoints
        execute function "${here.opened.schema}".fail()`);
    const event = await here.write('once');
    const reactor = here.started();
    await here.reports.until(2);
    expect([await here.texts(), await here.checkpoint()]).toEqual([['once'], '0']);
    await pool.query(`drop trigger fail on "${here.opened.schema}".checkpoints`);
    await reactor.reached(event.position, LONG);
    expect(await here.texts()).toEqual(['once']);
    expect(await here.checkpoint()).not.toBe('0');
  });

  it('does it once when two of it run side by side, and keeps the order of what concerns the same thing', async () => {
    const both = [here.started(), here.started()];
    const numbers = Array.from({ length: 100 }, (_, n) => String(n));
    let last = 0n;
    for (const text of numbers) ({ position: last } = await here.write(text));
    await Promise.all(both.map((reactor) => reactor.reached(last, LONG)));
    expect(await here.texts()).toEqual(numbers);
    expect(here.reports.items).toEqual([]);
  });

  it('catches up with many events at once, each stream in its order', async () => {
    const streams = Array.from({ length: 20 }, (_, n) => `text/sunshine/${n}`);
    let last = 0n;
    for (const text of ['one', 'two', 'three']) {
      const written = await Promise.all(
        streams.map((stream, n) => here.write(text, { stream, to: String(n) })),
      );
      last = written.reduce((head, { position }) => (position > head ? position : head), last);
    }
    await here.started().reached(last, LONG);
    for (const n of streams.keys()) expect(await here.texts(String(n))).toEqual(['one', 'two', 'three']);
  });

  it('takes a rejection for an answer: reports it, and goes on', async () => {
    await here.write('forbidden');
    const { position } = await here.write('allowed');
    await here.started().reached(position, LONG);
    expect(await here.texts()).toEqual(['allowed']);
    expect(here.reports.items).toEqual([
      `reaction:${here.opened.schema}.take-down was rejected: Note to note/sunshine/all, FORBIDDEN_TEXT: This is not taken down.`,
    ]);
  });

  it.each(['unreadable', 'broken'])(
    'passes over the stream of an event that is %s, and goes on with others',
    async (text) => {
      const stream = 'text/sunshine/bad';
      await here.write('before', { stream });
      const bad = await here.write(text, { stream });
      await here.write('after', { stream });
      const { position } = await here.write('elsewhere');
      const reactor = here.started();
      await reactor.reached(position, LONG);
      expect(await here.texts()).toEqual(['before', 'elsewhere']);
      expect(await parked()).toMatchObject([
        {
          subscriber: 'reaction:take-down',
          stream,
          position: String(bad.position),
          event_id: bad.id,
          tries: 5,
        },
      ]);
      await reactor.stop();
      await here.write('later', { stream });
      const last = await here.write('after a restart');
      await here.started().reached(last.position, LONG);
      expect(await here.texts()).toEqual(['before', 'elsewhere', 'after a restart']);
      expect(here.reports.items).toHaveLength(1);
    },
  );

  it('goes back to what was parked when that is retried, and does nothing twice', async () => {
    const stream = 'text/sunshine/bad';
    let broken = true;
    const mended: Reaction<TextWritten> = {
      ...takeDown,
      react: (event) => {
        if (event.data.text === 'bad' && broken) throw new Error('planted');
        return takeDown.react(event);
      },
    };
    await here.write('before');
    await here.write('bad', { stream });
    await here.write('after', { stream });
    const reactor = here.started({ reaction: mended });
    await reactor.reached((await here.write('elsewhere')).position, LONG);
    expect(await here.texts()).toEqual(['before', 'elsewhere']);
    broken = false;
    const { pool } = here.logs.database;
    const which = { subscriber: 'reaction:take-down', stream };
    expect(await rewindToParked(pool, here.opened.schema, which)).toBe(true);
    expect(await rewindToParked(pool, here.opened.schema, which)).toBe(false);
    const { position } = await here.write('later');
    const last = new Inbox<void>();
    here.opened.log.onAppend(() => last.take());
    for (let rings = 1; (await here.notes()).length < 5; rings++) await last.until(rings);
    await reactor.reached(position, LONG);
    expect(await here.texts()).toEqual(['before', 'elsewhere', 'bad', 'after', 'later']);
    expect(await parked()).toEqual([]);
  });

  it('passes over an aggregate that no stream can be named for', async () => {
    const naming: Reaction = {
      ...(takeDown as Reaction),
      react: () => [intent(noteDecider, 'a\u0000b', { type: 'Note', text: '' })],
    };
    const { position } = await here.write('text');
    await here.started({ reaction: naming }).reached(position, LONG);
    expect(await parked()).toHaveLength(1);
  });

  it('tries again until it comes through when the log is away', async () => {
    let away = true;
    const log = Object.create(here.opened.log, {
      append: {
        value: (request: Parameters<EventLog['append']>[0]) =>
          away ? Promise.reject(new Error('away')) : here.opened.log.append(request),
      },
    }) as EventLog;
    const { position } = await here.write('patience');
    const reactor = here.started({ log });
    await here.reports.until(6); // more often than an event at fault is tried
    expect(await parked()).toEqual([]);
    away = false;
    await reactor.reached(position, LONG);
    expect(await here.texts()).toEqual(['patience']);
  });

  it('does nothing where the plugin is not enabled', async () => {
    await here.write('nobody asked', { community: 'riverside' });
    const { position } = await here.write('here');
    await here.started().reached(position, LONG);
    expect([await here.texts(), await here.notes('all', 'riverside')]).toEqual([['here'], []]);
  });

  it('writes no checkpoint for an event that it does not follow', async () => {
    await here.write('followed');
    const reactor = here.started();
    await reactor.reached(1n, LONG);
    const [other] = await here.opened.log.append(appendRequest());
    await reactor.reached(other!.position, LONG);
    expect(await here.checkpoint()).toBe('1');
    const { position } = await here.write('followed again');
    await reactor.reached(position, LONG);
    expect(await here.checkpoint()).toBe(String(position));
  });
});
