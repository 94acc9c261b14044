import { describe, expect, it } from '@jest/globals';
import { Inbox } from '@weinao/testing';
import { LONG, ReactorFixture, takeDown } from './reactor.fixture.ts';

describe('a reactor', () => {
  const here = new ReactorFixture();

  describe('where the plugin is turned on later', () => {
    const there = (): Promise<unknown[]> => here.texts('all', 'riverside');

    it('catches up with what it passed over there, before anything newer, and does nothing twice elsewhere', async () => {
      const asked: string[] = [];
      const watched = {
        ...takeDown,
        react: (event: Parameters<typeof takeDown.react>[0]) => {
          asked.push(event.data.text);
          return takeDown.react(event);
        },
      };
      const reactor = here.started({ reaction: watched });
      for (const text of ['one', 'two']) await here.write(text, { community: 'riverside', to: 'all' });
      await reactor.reached((await here.write('here')).position, LONG);
      expect(await there()).toEqual([]);
      asked.splice(0);
      here.communities.enable('riverside');
      await reactor.reached((await here.write('three', { community: 'riverside' })).position, LONG);
      expect([await there(), await here.texts()]).toEqual([['one', 'two', 'three'], ['here']]);
      expect(asked).not.toContain('here');
    });

    it('lets nothing newer pass, though it was not told that the plugin is on', async () => {
      const reactor = here.started();
      for (const text of ['one', 'two']) await here.write(text, { community: 'riverside' });
      await reactor.reached(2n, LONG);
      here.communities.enableUnheard('riverside');
      const noted = new Inbox<void>();
      here.opened.log.onAppend(() => noted.take());
      await here.write('three', { community: 'riverside' });
      for (let rings = 1; (await there()).length < 3; rings++) await noted.until(rings);
      expect(await there()).toEqual(['one', 'two', 'three']);
    });

    it('catches up though nothing new happens, also after a restart and a second time', async () => {
      const first = here.started();
      await first.reached((await here.write('one', { community: 'riverside' })).position, LONG);
      await first.stop();
      here.communities.enable('riverside');
      const second = here.started();
      await second.reached(1n, LONG);
      expect(await there()).toEqual(['one']);
      here.communities.disable('riverside');
      const two = await here.write('two', { community: 'riverside' });
      await second.reached(two.position, LONG);
      expect(await there()).toEqual(['one']);
      here.communities.enable('riverside');
      await second.reached(two.position, LONG);
      expect(await there()).toEqual(['one', 'two']);
      const rows = await here.logs.database.pool.query(`select from "${here.opened.schema}".passed_over`);
      expect(rows.rowCount).toBe(0);
    });

    const passedOver = async (): Promise<string[]> => {
      const query = `select position from "${here.opened.schema}".passed_over`;
      const { rows } = await here.logs.database.pool.query<{ position: string }>(query);
      return rows.map(({ position }) => position);
    };

    it('catches up with what it passed over in the page that it still has in hand', async () => {
      await here.write('here');
      await here.write('one', { community: 'riverside' });
      const goOn = here.communities.hold(({ communityId }) => communityId === 'sunshine');
      const reactor = here.started();
      while ((await passedOver()).length === 0);
      here.communities.enable('riverside');
      while ((await passedOver()).length > 0);
      goOn();
      await reactor.reached(2n, LONG);
      expect([await there(), await here.texts()]).toEqual([['one'], ['here']]);
    });

    it('catches up from the first of several, whichever was looked at first', async () => {
      for (const text of ['one', 'two']) await here.write(text, { community: 'riverside', to: text });
      const goOn = here.communities.hold(({ turn }) => turn === 1);
      const reactor = here.started();
      while ((await passedOver())[0] !== '2');
      goOn();
      await reactor.reached(2n, LONG);
      expect(await passedOver()).toEqual(['1']);
      here.communities.enable('riverside');
      await reactor.reached(2n, LONG);
      expect([await here.texts('one', 'riverside'), await here.texts('two', 'riverside')]).toEqual([
        ['one'],
        ['two'],
      ]);
    });

    it('does not where what happens is over by then', async () => {
      const reactor = here.started({ reaction: { ...takeDown, fleeting: true } });
      await reactor.reached((await here.write('one', { community: 'riverside' })).position, LONG);
      here.communities.enable('riverside');
      await reactor.reached((await here.write('two', { community: 'riverside' })).position, LONG);
      expect(await there()).toEqual(['two']);
    });
  });
});
