import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, HarnessMachine, openPluginHarness, people, WILLOW_BANK } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { LIST, READ, REGISTER, RETIRE, TestDevice, zhaosDoor } from './device.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let wang: HarnessViewer;
let door: TestDevice;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  wang = harness.as(people.workerWang);
  door = await TestDevice.register(harness, wang);
});

afterAll(() => harness.close());

const long = (length: number): string => '长'.repeat(length);
const ahead = (ms: number): string => new Date(harness.clock.now().getTime() + ms).toISOString();
const rulesOf = async (reading: unknown): Promise<string[]> => {
  const { status, json } = await door.send(reading);
  expect([status, json.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  const problems = json.errors[0].extensions.problems as { path: string; rule: string }[];
  return problems.map(({ path, rule }) => `${path} ${rule}`);
};

describe('a reading that does not fit', () => {
  it('is refused with everything that is wrong, and nothing of its message is stored', async () => {
    const before = await harness.events();
    expect(await rulesOf(7)).toEqual(['reading isObject']);
    expect(await rulesOf([])).toEqual(['readings count']);
    expect(await rulesOf(Array.from({ length: 101 }, () => ({})))).toEqual(['readings count']);
    expect(await rulesOf({ at: '2026-02-30T00:00:00Z', messageId: long(129) })).toEqual([
      'reading.at instant',
      'reading.messageId messageId',
    ]);
    expect(await rulesOf({ at: ahead(5 * 60_000 + 1) })).toEqual(['reading.at notInTheFuture']);
    const deep = JSON.parse('{"a":'.repeat(9) + '1' + '}'.repeat(9)) as object;
    expect(await rulesOf([{ contact: false }, { ok: 'a\0' }, null, { messageId: '' }, deep])).toEqual([
      'readings[1] withoutNul',
      'readings[2] isObject',
      'readings[3].messageId messageId',
      'readings[4] depth',
    ]);
    expect((await door.sendText('{"contact": fal')).json.errors[0].extensions.problems).toMatchObject([
      { path: 'reading', rule: 'json' },
    ]);
    expect(await harness.events()).toEqual(before);
  });

  it('begins only behind the limits', async () => {
    const readings = [{ at: ahead(5 * 60_000) }, { messageId: long(128) }, { messageId: 7 }];
    expect((await door.send(readings)).json).toEqual({ accepted: 3, repeated: 0 });
    const times = (await harness.events()).slice(-3).map(({ at }) => at);
    expect(new Set(times)).toEqual(new Set([ahead(0)]));
  });
});

describe('who is not the device', () => {
  it.each([
    ['without a token', null],
    ['with another token', 'another'],
  ])('is refused %s', async (_case, token) => {
    const { status, json } = await door.sendText('{}', new HarnessMachine(harness, token));
    expect([status, json.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is refused with the token of another device, next door, and by an id that there is not', async () => {
    const other = await TestDevice.register(harness, wang, { id: 'other' });
    const asOther = new HarnessMachine(harness, other.token);
    expect((await door.sendText('{}', asOther)).status).toBe(401);
    const nowhere = await asOther.call(
      'POST devices/:device/readings',
      { device: 'nowhere' },
      { body: '{}' },
    );
    expect(nowhere.status).toBe(401);
    await harness.enable(WILLOW_BANK);
    const nextDoor = new HarnessMachine(harness, door.token, WILLOW_BANK);
    expect((await door.sendText('{}', nextDoor)).status).toBe(401);
  });
});

describe('a registration that does not fit', () => {
  it('is refused with everything that is wrong, and nothing is stored', async () => {
    const before = await harness.events();
    const point = { latitude: 30, longitude: 190 };
    const input = { id: '../x', kind: 'DOOR', model: long(101), location: { point }, residentId: ' ' };
    expect(await brokenRules(wang, REGISTER, { input })).toEqual([
      'id matches',
      'location.point.longitude isLongitude',
      'model maxLength',
      'residentId notBlank',
    ]);
    for (const silentAfter of ['PT59S', 'P31D', 'P', 'PT', 'one day', 'P1Y'])
      expect(await brokenRules(wang, REGISTER, { input: { ...zhaosDoor, id: 'x', silentAfter } })).toEqual([
        'silentAfter silentAfter',
      ]);
    expect(await brokenRules(wang, RETIRE, { id: long(65) })).toEqual(['id maxLength']);
    expect(await brokenRules(wang, READ, { id: '' })).toEqual(['id notBlank']);
    expect(await brokenRules(wang, LIST, { first: 0 })).toEqual(['first min']);
    expect(await wang.refusal(LIST, { after: '!' })).toBe('BAD_USER_INPUT');
    expect(await harness.events()).toEqual(before);
  });

  it('takes the shortest and the longest silence', async () => {
    for (const silentAfter of ['PT60S', 'P30D', 'P4W', 'P1DT2H3M4S', null])
      await wang.data(REGISTER, { input: { ...zhaosDoor, id: `s-${silentAfter}`, silentAfter } });
  });
});
