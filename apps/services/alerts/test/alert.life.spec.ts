import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { happenBeside, neighbour, openPluginHarness, OSMANTHUS_COURT, people } from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import { ACKNOWLEDGE, LIST, raise, READ, RESOLVE } from './alert.documents.ts';
import { plugin } from '../plugin.ts';

const SECOND = 1_000;

let harness: PluginHarness;
let lin: HarnessViewer, wang: HarnessViewer, chen: HarnessViewer;

beforeAll(async () => {
  const devices = neighbour('devices', ['SmokeDetected', 'DeviceFellSilent', 'DeviceIsBack']);
  const care = neighbour('elderly-care', ['ConcernRaised', 'ConcernTakenBack', 'ConcernClosed']);
  harness = await openPluginHarness(plugin, { others: [devices, care] });
  lin = harness.as(people.residentLin);
  wang = harness.as(people.workerWang);
  chen = harness.as(people.propertyChen);
});

afterAll(() => harness.close());

const read = async (id: string): Promise<LookedInto> => (await wang.data(READ, { id })).alert;
const listed = async (filter: object): Promise<LookedInto[]> =>
  (await wang.data(LIST, { filter })).alerts.nodes;

describe('people stuck in the lift', () => {
  it('are an alert that escalates each minute until worker Wang acknowledges it', async () => {
    const { id } = await raise(lin, { location: { building: '1号楼' } });
    expect(await read(id)).toMatchObject({
      status: 'RAISED',
      severity: 'MODERATE',
      signals: 1,
      escalations: 0,
    });
    await harness.advance(60 * SECOND - 1);
    expect(await read(id)).toMatchObject({ status: 'RAISED', escalations: 0 });
    await harness.advance(1);
    expect(await read(id)).toMatchObject({ status: 'ESCALATED', escalations: 1 });
    await harness.advance(60 * SECOND);
    const acknowledged = (await wang.data(ACKNOWLEDGE, { id })).acknowledgeAlert;
    expect(acknowledged).toMatchObject({
      status: 'ACKNOWLEDGED',
      acknowledgedBy: 'worker-wang',
      escalations: 2,
    });
    await harness.advance(3_600 * SECOND);
    expect(await read(id)).toEqual(acknowledged);
    const over = { id, outcome: 'RESOLVED', note: '已放人' };
    expect((await chen.data(RESOLVE, over)).resolveAlert).toMatchObject({
      status: 'RESOLVED',
      note: '已放人',
    });
  });

  it('are one alert for all who tell of it, and a drill is never mixed with it', async () => {
    const first = await raise(lin, { location: { building: '2号楼' } });
    expect(await raise(wang, { location: { building: '2号楼' } })).toMatchObject({
      id: first.id,
      signals: 2,
    });
    const drill = await raise(wang, { location: { building: '2号楼' }, drill: true });
    expect(drill).toMatchObject({ drill: true, signals: 1 });
    expect(drill.id).not.toBe(first.id);
    const [nowhere, elsewhere] = [await raise(lin, { location: null }), await raise(lin, { location: null })];
    expect(nowhere.id).not.toBe(elsewhere.id);
  });

  it('have one of fifty come first, and the others learn who it was', async () => {
    const { id } = await raise(lin, { location: { building: '4号楼' } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => wang.execute(ACKNOWLEDGE, { id })));
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    expect(refused).toHaveLength(49);
    for (const { extensions } of refused)
      expect(extensions).toMatchObject({
        code: 'ALERT_ALREADY_ACKNOWLEDGED',
        status: 'ACKNOWLEDGED',
        acknowledgedBy: 'worker-wang',
      });
  });

  it('are nothing that a resident resolves or reads about', async () => {
    const { id } = await raise(lin);
    expect(await lin.refusal(ACKNOWLEDGE, { id })).toBe('FORBIDDEN');
    expect(await lin.refusal(RESOLVE, { id, outcome: 'RESOLVED' })).toBe('FORBIDDEN');
    expect(await lin.refusal(READ, { id })).toBe('FORBIDDEN');
    for (const unknown of [{ id: 'no-alert' }, { id: `${id}0` }]) {
      expect(await wang.refusal(ACKNOWLEDGE, unknown)).toBe('NOT_FOUND');
      expect(await wang.refusal(READ, unknown)).toBe('NOT_FOUND');
    }
  });
});

describe('what other plugins tell of', () => {
  const stairwell = { building: '3号楼', unit: '1单元' };
  const smoke = (alarm: string): Promise<void> =>
    happenBeside(harness, 'devices', `device/${alarm}`, {
      type: 'SmokeDetected',
      data: { location: stairwell },
    });

  it('is one alert for the smoke of two alarms of one stairwell, with its signals counted', async () => {
    for (const alarm of ['east', 'west', 'east', 'east']) await smoke(alarm);
    const [alert, ...others] = await listed({ kind: 'SMOKE', status: ['RAISED'] });
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ title: '烟感报警：3号楼1单元', signals: 4, sourceId: 'east' });
  });

  it('is an alert for a concern, and a false one once it is taken back', async () => {
    const data = { location: stairwell };
    await happenBeside(harness, 'elderly-care', 'watch/zhao', { type: 'ConcernRaised', data });
    expect(await listed({ kind: 'NO_SIGN_OF_LIFE', open: true })).toMatchObject([{ sourceId: 'zhao' }]);
    await happenBeside(harness, 'elderly-care', 'watch/zhao', { type: 'ConcernTakenBack', data });
    expect(await listed({ kind: 'NO_SIGN_OF_LIFE', open: true })).toEqual([]);
    expect(await listed({ kind: 'NO_SIGN_OF_LIFE' })).toMatchObject([{ status: 'FALSE_ALARM' }]);
  });

  it('is an alert for a silent device only where the settings say so, and over when the device is back', async () => {
    const silent = (): Promise<void> =>
      happenBeside(harness, 'devices', 'device/door', { type: 'DeviceFellSilent', data: { location: null } });
    await silent();
    expect(await listed({ kind: 'DEVICE_OFFLINE' })).toEqual([]);
    await harness.configure(OSMANTHUS_COURT, { alertOnSilentDevices: true });
    await silent();
    expect(await listed({ kind: 'DEVICE_OFFLINE', open: true })).toMatchObject([{ title: '设备离线：door' }]);
    await happenBeside(harness, 'devices', 'device/door', { type: 'DeviceIsBack', data: {} });
    expect(await listed({ kind: 'DEVICE_OFFLINE' })).toMatchObject([{ status: 'RESOLVED' }]);
  });
});

describe('where another plugin names alerts', () => {
  const ENTITIES = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Alert { id title } } }`;

  it('they are what they are, null where there is none, and refused to who may not see them', async () => {
    const { id } = await raise(lin, { location: { building: '6号楼' } });
    const ids = [id, 'none'].map((one) => ({ __typename: 'Alert', id: one }));
    expect((await wang.data(ENTITIES, { ids }))._entities).toEqual([{ id, title: '电梯困人' }, null]);
    expect(await lin.refusal(ENTITIES, { ids })).toBe('FORBIDDEN');
  });
});

describe('a community that turns alerts off with an escalation pending', () => {
  it('has it at once when it turns them on again', async () => {
    const { id } = await raise(lin, { location: { building: '5号楼' } });
    harness.disable(OSMANTHUS_COURT);
    await harness.advance(600 * SECOND);
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    expect(await read(id)).toMatchObject({ status: 'ESCALATED', escalations: 1 });
  });
});
