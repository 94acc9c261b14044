import { describe, expect, it } from '@jest/globals';
import type { LookedInto } from '@weinao/testing';
import type { Person } from '../person.ts';
import { eventually } from './eventually.ts';
import { ALL, Neighbourhood, succeed } from './neighbourhood.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const START = `mutation { startWatch(input: { residentId: "zhao", consentGivenBy: "赵秀英" }) { status } }`;
const WATCH = `{ watch(residentId: "zhao") { status lastSource lastSignOfLifeAt dueAt concernSince escalations blind } }`;
const CALLED = `mutation ($at: DateTime) { recordSignOfLife(residentId: "zhao", source: CALL, at: $at) { status } }`;
const CONCERNS = `{ alerts(filter: { kind: NO_SIGN_OF_LIFE }) { nodes { id sourceId status escalations location { building } } } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeAlert(id: $id) { status } }`;

const zhao = { id: 'zhao', name: '赵秀英', birthDate: '1941-03-05', building: '3号楼', unit: '2单元' };

const watchOf = async (person: Person): Promise<LookedInto> => (await succeed(person, WATCH)).watch;
const concernsOf = async (person: Person): Promise<LookedInto[]> =>
  (await succeed(person, CONCERNS)).alerts.nodes;
const later = (time: string, by: number): string => new Date(Date.parse(time) + by).toISOString();

/** Somebody over 80, whom somebody sees or hears now and then. */
export function describeCareStory(worldOfStory: () => World): void {
  describe('a resident of 85, watched with her consent', () => {
    it('is one concern and one alert 48 hours after her door opened, though everything was killed a minute before', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'care-door', ALL);
      await here.register(zhao);
      const door = await here.device('zhao-door', 'DOOR', { residentId: 'zhao', silentAfter: 'P30D' });
      await succeed(here.worker, START);
      await world.advance('PT1H');
      await door.tell({ contact: false, messageId: 'd-1' });
      const { dueAt } = await eventually(async () => {
        const watch = await watchOf(here.worker);
        expect(watch).toMatchObject({ lastSource: 'DOOR', blind: false });
        expect(watch.dueAt).toBe(later(watch.lastSignOfLifeAt, 48 * HOUR));
        return watch;
      });

      await world.advance('PT47H59M');
      expect(await watchOf(here.worker)).toMatchObject({ status: 'WATCHING', concernSince: null });
      await world.crash();
      await world.advance('PT1M');
      await eventually(async () => {
        expect(await watchOf(here.worker)).toMatchObject({ status: 'CONCERN', concernSince: dueAt });
        expect(await concernsOf(here.worker)).toMatchObject([
          { sourceId: 'zhao', status: 'RAISED', location: { building: '3号楼' } },
        ]);
      });

      const [{ id }] = (await concernsOf(here.worker)) as [LookedInto];
      await succeed(here.worker, ACKNOWLEDGE, { id });
      await world.advance('PT30M');
      expect(await concernsOf(here.worker)).toMatchObject([{ id, status: 'ACKNOWLEDGED', escalations: 0 }]);
    });

    it('is watched by nobody’s eyes once her only device is silent, and by some again when it is back', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'care-blind', ['devices', 'elderly-care']);
      const motion = await here.device('zhao-motion', 'MOTION', { residentId: 'zhao', silentAfter: 'PT2H' });
      await succeed(here.worker, START);
      await eventually(async () => expect(await watchOf(here.worker)).toMatchObject({ blind: false }));
      await world.advance('PT2H');
      await eventually(async () => expect(await watchOf(here.worker)).toMatchObject({ blind: true }));
      await motion.tell({ occupancy: true });
      await eventually(async () =>
        expect(await watchOf(here.worker)).toMatchObject({ blind: false, lastSource: 'MOTION' }),
      );
    });

    it('is no concern after a sign in the last second, and none any more after a sign that came late', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'care-calls', ['residents', 'alerts', 'elderly-care']);
      await here.register(zhao);
      await succeed(here.worker, START);
      await world.advance('PT47H59M59S');
      await succeed(here.worker, CALLED);
      await world.advance('PT1M');
      const { status, dueAt, lastSignOfLifeAt } = await watchOf(here.worker);
      expect({ status, dueAt }).toEqual({ status: 'WATCHING', dueAt: later(lastSignOfLifeAt, 48 * HOUR) });
      expect(await concernsOf(here.worker)).toEqual([]);

      await world.advance('PT48H');
      await eventually(async () => {
        expect(await watchOf(here.worker)).toMatchObject({ status: 'CONCERN' });
        expect(await concernsOf(here.worker)).toMatchObject([{ status: 'RAISED' }]);
      });
      await succeed(here.worker, CALLED, { at: later(dueAt, -HOUR) });
      expect(await watchOf(here.worker)).toMatchObject({ status: 'WATCHING', concernSince: null });
      await eventually(async () =>
        expect(await concernsOf(here.worker)).toMatchObject([{ status: 'FALSE_ALARM' }]),
      );
    });

    it('is a concern without alerts and without a list of residents, too; and at once where the plugin was off when it was due', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'care-switched', ['elderly-care']);
      await succeed(here.worker, START);
      const { dueAt } = await watchOf(here.worker);
      await here.disable('elderly-care');
      await world.advance('PT50H');
      await here.enable('elderly-care');
      await eventually(async () =>
        expect(await watchOf(here.worker)).toMatchObject({ status: 'CONCERN', concernSince: dueAt }),
      );
    });
  });
}
