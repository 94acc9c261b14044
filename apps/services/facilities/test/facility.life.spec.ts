import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { happenBeside, neighbour, openPluginHarness, OSMANTHUS_COURT, people } from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import {
  HERE,
  hydrant,
  LIST,
  NEAREST,
  north,
  OF_ALERTS,
  READ,
  REGISTER,
  REPORT,
} from './facility.documents.ts';
import { plugin } from '../plugin.ts';

const HOUR = 3_600_000;

let harness: PluginHarness;
let chen: HarnessViewer, lin: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin, { others: [neighbour('devices', ['ReadingReceived'])] });
  [chen, lin] = [harness.as(people.propertyChen), harness.as(people.residentLin)];
  for (const [id, at] of [
    ['near', 1],
    ['middle', 2],
    ['far', 3],
  ] as const)
    await chen.data(REGISTER, { input: hydrant(id, at) });
});

afterAll(() => harness.close());

const ago = (ms: number): string => new Date(harness.clock.now().getTime() - ms).toISOString();
const waterOf = async (id: string): Promise<LookedInto> => (await lin.data(READ, { id })).facility.water;
const report = async (id: string, hasWater: boolean, more: object = {}): Promise<LookedInto> =>
  (await chen.data(REPORT, { id, hasWater, ...more })).reportHydrantWater;
const gauge = (id: string, values: object, kind = 'HYDRANT'): Promise<void> =>
  happenBeside(harness, 'devices', `device/${id}`, { type: 'ReadingReceived', data: { kind, values } });
const near = async (alert: object): Promise<LookedInto[]> => {
  const alerts = [{ __typename: 'Alert', id: 'a-1', ...alert }];
  return (await chen.data(OF_ALERTS, { alerts }))._entities[0].nearestHydrants;
};
const states = (hydrants: LookedInto[]): string[] =>
  hydrants.map(({ facility }) => `${facility.id} ${facility.water.state}`);

describe('the hydrants of 桂花苑', () => {
  it('are found by how near they are', async () => {
    const nearest = (await lin.data(NEAREST, { kind: 'HYDRANT', point: HERE })).nearestFacilities;
    expect(nearest.map(({ facility }: LookedInto) => facility.id)).toEqual(['near', 'middle', 'far']);
    const metres = nearest.map(({ metres: far }: LookedInto) => Math.round(far as number));
    expect(metres).toEqual([111, 222, 334]);
  });

  it('are unknown until somebody looks, and again when that was long ago', async () => {
    expect(await waterOf('near')).toEqual({ state: 'UNKNOWN', pressureKPa: null, readAt: null });
    const read = { state: 'FLOWING', pressureKPa: 320.5, readAt: ago(0) };
    expect((await report('near', true, { pressureKPa: 320.5 })).water).toEqual(read);
    await harness.advance(72 * HOUR);
    expect(await waterOf('near')).toEqual(read);
    await harness.advance(1);
    expect(await waterOf('near')).toEqual({ ...read, state: 'UNKNOWN' });
  });

  it('say what the newest reading says, whichever comes last', async () => {
    await report('near', false, { at: ago(HOUR) });
    const late = await report('near', true, { at: ago(2 * HOUR) });
    expect(late.water).toMatchObject({ state: 'DRY', readAt: ago(HOUR) });
    expect(await waterOf('near')).toEqual(late.water);
  });

  it('are told of by the gauges that hang on them', async () => {
    await gauge('far', { pressureKPa: 250 });
    expect(await waterOf('far')).toMatchObject({ state: 'FLOWING', pressureKPa: 250 });
    await harness.configure(OSMANTHUS_COURT, { leastPressureKPa: 300 });
    await gauge('far', { pressureKPa: 299.9 });
    expect(await waterOf('far')).toMatchObject({ state: 'DRY' });
    await gauge('far', { pressureKPa: 300 });
    await gauge('far', { pressureKPa: '0' });
    await gauge('far', { pressureKPa: 0 }, 'WATER_METER');
    expect(await waterOf('far')).toMatchObject({ state: 'FLOWING', pressureKPa: 300 });
  });

  it('come to an alert in the order in which they help: flowing, unknown, dry', async () => {
    const order = ['far FLOWING', 'middle UNKNOWN', 'near DRY'];
    expect(states(await near({ location: { point: HERE } }))).toEqual(order);
    await report('middle', true);
    const better = ['middle FLOWING', 'far FLOWING', 'near DRY'];
    expect(states(await near({ location: { point: HERE } }))).toEqual(better);
  });

  it('come to an alert of a building whose place is known, and to no other without a point', async () => {
    const input = { kind: 'BUILDING', name: '3号楼', location: { point: north(3) } };
    await chen.data(REGISTER, { input });
    expect(states(await near({ location: { building: '3号楼' } }))).toEqual([
      'far FLOWING',
      'middle FLOWING',
      'near DRY',
    ]);
    for (const location of [{ building: '4号楼' }, null, {}]) expect(await near({ location })).toEqual([]);
  });

  it('are the only facilities with water', async () => {
    const input = { id: 'lift', kind: 'LIFT', name: '1号楼电梯', location: { building: '1号楼' } };
    expect((await chen.data(REGISTER, { input })).registerFacility.water).toBeNull();
    expect(await chen.refusal(REPORT, { id: 'lift', hasWater: true })).toBe('NOT_A_HYDRANT');
    expect(await chen.refusal(REPORT, { id: 'none', hasWater: true })).toBe('NOT_FOUND');
    expect(await lin.refusal(REPORT, { id: 'near', hasWater: true })).toBe('FORBIDDEN');
  });
});

describe('the list of facilities', () => {
  it('goes by kind and text, page by page', async () => {
    const of = async (filter: object): Promise<string[]> =>
      (await lin.data(LIST, { filter })).facilities.nodes.map(({ name }: LookedInto) => name);
    expect(await of({ kind: 'LIFT' })).toEqual(['1号楼电梯']);
    expect(await of({ text: '消火栓 m' })).toEqual(['消火栓 middle']);
    const first = (await lin.data(LIST, { filter: { kind: 'HYDRANT' }, first: 2 })).facilities;
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ id: 'far' }, { id: 'middle' }] });
    const after = first.pageInfo.endCursor;
    expect((await lin.data(LIST, { filter: { kind: 'HYDRANT' }, after })).facilities.nodes).toMatchObject([
      { id: 'near' },
    ]);
  });

  it('knows places across the date line and at the pole', async () => {
    const at = (id: string, latitude: number, longitude: number) =>
      chen.data(REGISTER, {
        input: { ...hydrant(id, 0), kind: 'BUOY', location: { point: { latitude, longitude } } },
      });
    await at('west', 0, -179.999);
    await at('pole', 89.999, 0);
    const [buoy] = (await lin.data(NEAREST, { kind: 'BUOY', point: { latitude: 0, longitude: 179.999 } }))
      .nearestFacilities;
    expect([buoy.facility.id, Math.round(buoy.metres as number)]).toEqual(['west', 222]);
    const [pole] = (await lin.data(NEAREST, { kind: 'BUOY', point: { latitude: 89.999, longitude: 180 } }))
      .nearestFacilities;
    expect([pole.facility.id, Math.round(pole.metres as number)]).toEqual(['pole', 222]);
  });
});
