import { describe, expect, it } from '@jest/globals';
import type { LookedInto } from '@weinao/testing';
import type { Device } from './device.ts';
import { eventually } from './eventually.ts';
import { ALL, Neighbourhood, succeed } from './neighbourhood.ts';
import type { World } from './world.ts';

const STAIRWELL = { building: '3号楼', unit: '2单元', point: { latitude: 30.2741, longitude: 120.1551 } };
const HYDRANT = `mutation ($input: RegisterFacilityInput!) { registerFacility(input: $input) { id } }`;
const WATER = `mutation ($id: ID!, $hasWater: Boolean!) { reportHydrantWater(id: $id, hasWater: $hasWater) { id } }`;
const SMOKE = `{ alerts(filter: { kind: SMOKE }) { nodes { id status signals drill location { building unit } } } }`;
const HYDRANTS = `query ($id: ID!) { alert(id: $id) { nearestHydrants { metres facility { id water { state } } } } }`;
const CHANGED = `subscription { alertChanged { status nearestHydrants(first: 1) { facility { id } } } }`;
const RAISE = `mutation { raiseAlert(input: { kind: OTHER, title: "电梯困人" }) { id status signals } }`;

/** North of the stairwell, by about 111 m a thousandth of a degree. */
const hydrant = (id: string, thousandths: number): object => ({
  id,
  kind: 'HYDRANT',
  name: id,
  location: { point: { latitude: STAIRWELL.point.latitude + thousandths / 1_000, longitude: 120.1551 } },
});

/** Smoke in a stairwell, in a community that has more or fewer of the other plugins. */
export function describeSmokeStory(worldOfStory: () => World): void {
  describe('smoke that two alarms of one stairwell tell of 50 times', () => {
    it('is one alert with all signals, heard at once, and shows the nearest hydrants, the dry one last', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'smoke', ALL);
      for (const [id, thousandths] of [
        ['dry', 1],
        ['unknown', 2],
        ['flowing', 3],
      ] as const)
        await succeed(here.admin, HYDRANT, { input: hydrant(id, thousandths) });
      await succeed(here.admin, WATER, { id: 'dry', hasWater: false });
      await succeed(here.admin, WATER, { id: 'flowing', hasWater: true });
      const wall = await here.hear(CHANGED);

      await Promise.all([
        alarmSounds(await here.device('alarm-east', 'SMOKE_ALARM', { location: STAIRWELL })),
        alarmSounds(await here.device('alarm-west', 'SMOKE_ALARM', { location: STAIRWELL })),
      ]);
      const [{ id }] = (await eventually(async () => {
        const { nodes } = (await succeed(here.worker, SMOKE)).alerts;
        expect(nodes).toEqual([
          {
            id: expect.any(String),
            status: 'RAISED',
            signals: 50,
            drill: false,
            location: { building: '3号楼', unit: '2单元' },
          },
        ]);
        return nodes;
      })) as [LookedInto];
      const [first] = await wall.until(50);
      expect(first).toMatchObject({
        data: { alertChanged: { status: 'RAISED', nearestHydrants: [{ facility: { id: 'flowing' } }] } },
      });
      wall.close();

      const { nearestHydrants } = (await succeed(here.worker, HYDRANTS, { id })).alert;
      expect(nearestHydrants).toMatchObject([
        { facility: { id: 'flowing', water: { state: 'FLOWING' } } },
        { facility: { id: 'unknown', water: { state: 'UNKNOWN' } } },
        { facility: { id: 'dry', water: { state: 'DRY' } } },
      ]);
      expect(Math.abs(nearestHydrants[2].metres - 111)).toBeLessThan(2);
    });

    it('is nothing but readings where alerts is off, and an alert knows no hydrants where facilities is off', async () => {
      const quiet = await Neighbourhood.found(worldOfStory(), 'smoke-quiet', ['devices', 'facilities']);
      await alarmSounds(await quiet.device('alarm', 'SMOKE_ALARM', { location: STAIRWELL }));
      const { device } = await succeed(quiet.worker, '{ device(id: "alarm") { lastReading online } }');
      expect(device).toMatchObject({ lastReading: { smoke: true }, online: true });
      expect((await quiet.worker.ask(SMOKE)).codes).toContain('GRAPHQL_VALIDATION_FAILED');
      expect((await succeed(quiet.worker, '{ __type(name: "Alert") { name } }')).__type).toBeNull();

      const dry = await Neighbourhood.found(worldOfStory(), 'smoke-no-map', ['alerts']);
      const { raiseAlert } = await succeed(dry.worker, RAISE);
      expect(raiseAlert).toMatchObject({ status: 'RAISED', signals: 1 });
      expect((await dry.worker.ask(HYDRANTS, { id: raiseAlert.id })).codes).toEqual([
        'GRAPHQL_VALIDATION_FAILED',
      ]);
    });

    it('is of no device with a wrong token, or with what is no reading, or too much of it', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'smoke-wrong', ['devices']);
      const alarm = await here.device('0x00158D_Alarm.1', 'SMOKE_ALARM');
      const answered = async (body: string, token?: string): Promise<unknown[]> => {
        const response = await alarm.send(body, token);
        return [response.status, ((await response.json()) as LookedInto).errors[0].extensions.code];
      };
      expect(await answered('{}', 'another')).toEqual([401, 'UNAUTHENTICATED']);
      expect(await answered('{"smoke":')).toEqual([400, 'BAD_USER_INPUT']);
      expect(await answered(JSON.stringify({ text: 'x'.repeat(16_384) }))).toEqual([
        413,
        'PAYLOAD_TOO_LARGE',
      ]);
      const { device } = await succeed(here.worker, '{ device(id: "0x00158D_Alarm.1") { lastSeenAt } }');
      expect(device.lastSeenAt).toBeNull();
    });
  });
}

async function alarmSounds(alarm: Device): Promise<void> {
  for (let times = 0; times < 25; times += 1) await alarm.tell({ smoke: true, messageId: `s-${times}` });
}
