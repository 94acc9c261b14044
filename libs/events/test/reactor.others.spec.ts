import { beforeEach, describe, expect, it } from '@jest/globals';
import { Inbox } from '@weinao/testing';
import { noteDecider } from './notes.fixture.ts';
import { LONG, ReactorFixture } from './reactor.fixture.ts';
import {
  createKernelSchema,
  intent,
  LogResponder,
  PostgresEventLog,
  Publisher,
  rewindToParked,
} from '../index.ts';
import type { EventLog, Reaction } from '../index.ts';

describe('a reactor', () => {
  const here = new ReactorFixture();

  describe('on the events of another plugin', () => {
    const smoke: Reaction<{ type: 'texts.TextWritten'; data: { text: string } }> = {
      name: 'take-down',
      follows: ['texts.TextWritten'],
      react: ({ data: { text } }) => [intent(noteDecider, 'all', { type: 'Note', text })],
    };
    let other: EventLog;

    beforeEach(async () => {
      const { pool } = here.logs.database;
      await pool.query('drop schema if exists texts cascade');
      await createKernelSchema(pool, 'texts');
      other = new PostgresEventLog(pool, 'texts');
      const publisher = new Publisher({
        plugin: 'texts',
        pool,
        log: other,
        bus: here.bus,
        report: () => undefined,
      });
      const responder = new LogResponder({ plugin: 'texts', log: other, bus: here.bus });
      for (const part of [publisher, responder]) here.begin(part);
    });

    async function untilNoted(count: number): Promise<unknown[]> {
      const rung = new Inbox<void>();
      const stop = here.opened.log.onAppend(() => rung.take());
      for (let rings = 1; (await here.notes()).length < count; rings++) await rung.until(rings);
      stop();
      return here.texts();
    }

    it('does what they lead to, and goes on from its checkpoint', async () => {
      await here.write('one', {}, other);
      const first = here.started({ reaction: smoke });
      await untilNoted(1);
      await here.write('two', {}, other);
      expect(await untilNoted(2)).toEqual(['one', 'two']);
      await first.stop();
      expect(await here.checkpoint('reaction:take-down:texts')).toBe('2');
      await here.write('three', {}, other);
      here.started({ reaction: smoke });
      expect(await untilNoted(3)).toEqual(['one', 'two', 'three']);
    });

    it('catches up with a community that turns the plugin on, though nothing new happens', async () => {
      const reactor = here.started({ reaction: smoke });
      for (const text of ['one', 'two']) await here.write(text, { community: 'riverside' }, other);
      await here.write('here', {}, other);
      await untilNoted(1);
      here.communities.enable('riverside');
      await reactor.caughtUpWithOthers(LONG);
      const there = await here.notes('all', 'riverside');
      expect(there.map(({ data }) => (data as { text: string }).text)).toEqual(['one', 'two']);
      expect(await here.texts()).toEqual(['here']);
    });

    it('goes back to what was parked when that is retried', async () => {
      let broken = true;
      const mended: Reaction<{ type: 'texts.TextWritten'; data: { text: string } }> = {
        ...smoke,
        react: (event) => {
          if (event.data.text === 'bad' && broken) throw new Error('planted');
          return smoke.react(event);
        },
      };
      here.started({ reaction: mended });
      const stream = 'text/sunshine/bad';
      await here.write('bad', { stream }, other);
      await here.write('elsewhere', {}, other);
      expect(await untilNoted(1)).toEqual(['elsewhere']);
      broken = false;
      await rewindToParked(here.logs.database.pool, here.opened.schema, {
        subscriber: 'reaction:take-down:texts',
        stream,
      });
      await here.write('later', {}, other);
      expect(await untilNoted(3)).toEqual(['elsewhere', 'bad', 'later']);
    });

    it('does it once when two of it run side by side', async () => {
      here.started({ reaction: smoke });
      here.started({ reaction: smoke });
      const numbers = Array.from({ length: 30 }, (_, n) => String(n));
      for (const text of numbers) await here.write(text, {}, other);
      expect(await untilNoted(30)).toEqual(numbers);
    });
  });
});
