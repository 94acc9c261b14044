import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, OSMANTHUS_COURT, people } from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import {
  LIST,
  READ,
  REGISTER,
  REGISTER_WITH_TOKEN,
  RETIRE,
  TestDevice,
  zhaosDoor,
} from './device.documents.ts';
import { plugin } from '../plugin.ts';

const HOUR = 3_600_000;

let harness: PluginHarness;
let wang: HarnessViewer;
let door: TestDevice;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  wang = harness.as(people.workerWang);
  door = await TestDevice.register(harness, wang);
});

afterAll(() => harness.close());

const read = async (id: string): Promise<LookedInto> => (await wang.data(READ, { id })).device;
const ago = (ms: number): string => new Date(harness.clock.now().getTime() - ms).toISOString();
const typesOf = async (id: string): Promise<string[]> => {
  const events = await harness.events();
  return events.filter(({ stream }) => stream.endsWith(`/${id}`)).map(({ type }) => type);
};

describe('the contact on the door of resident Zhao', () => {
  it('is known before it says anything', async () => {
    expect(await read(door.id)).toMatchObject({
      kind: 'DOOR',
      online: true,
      lastSeenAt: null,
      lastReading: null,
    });
  });

  it('says that the door opened, which is durable, shown, and a sign of life', async () => {
    const answer = await door.send({ messageId: 'm-1', contact: false, battery: 97, linkquality: 120 });
    expect(answer).toEqual({ status: 202, json: { accepted: 1, repeated: 0 } });
    expect(await read(door.id)).toMatchObject({
      lastSeenAt: ago(0),
      lastReading: { contact: false, battery: 97, linkquality: 120 },
    });
    const events = await harness.events();
    expect(events.at(-1)).toMatchObject({
      type: 'ActivityDetected',
      data: { source: 'DOOR', residentId: 'zhao', location: { building: '3号楼', unit: '2单元' } },
    });
  });

  it('is heard once, however often it sends a message', async () => {
    const before = (await harness.events()).length;
    const again = { messageId: 'm-1', contact: false, battery: 97, linkquality: 120 };
    expect((await door.send(again)).json).toEqual({ accepted: 0, repeated: 1 });
    expect((await door.send({ messageId: 'm-1', contact: true })).json).toEqual({ accepted: 0, repeated: 1 });
    expect((await door.send([again, { messageId: 'm-2', contact: true }])).json).toEqual({
      accepted: 1,
      repeated: 1,
    });
    expect((await harness.events()).length).toBe(before + 2);
  });

  it('may tell later what it noticed earlier', async () => {
    harness.clock.advance(HOUR);
    await door.send({ contact: true, battery: 96 });
    const late = await door.send({ at: ago(HOUR / 2), contact: false });
    expect(late.status).toBe(202);
    expect(await read(door.id)).toMatchObject({
      lastSeenAt: ago(0),
      lastReading: { contact: true, battery: 96 },
    });
    const [received, activity] = (await harness.events()).slice(-2);
    expect(received).toMatchObject({ type: 'ReadingReceived', at: ago(HOUR / 2), data: { silentAt: null } });
    expect(activity).toMatchObject({ type: 'ActivityDetected', at: ago(HOUR / 2) });
  });

  it('falls silent a day after it was heard last, and is back with the next reading', async () => {
    await harness.advance(24 * HOUR - 1);
    expect(await read(door.id)).toMatchObject({ online: true });
    await harness.advance(1);
    expect(await read(door.id)).toMatchObject({ online: false });
    expect((await wang.data(LIST, { filter: { online: false, kind: 'DOOR' } })).devices.totalCount).toBe(1);
    await door.send({ at: ago(30 * HOUR), contact: true });
    expect(await read(door.id)).toMatchObject({ online: false });
    await door.send({ contact: true });
    expect(await read(door.id)).toMatchObject({ online: true });
    expect((await typesOf(door.id)).slice(-2)).toEqual(['ReadingReceived', 'DeviceIsBack']);
  });

  it('that was silent while the plugin was off is reported when it is on again', async () => {
    harness.disable(OSMANTHUS_COURT);
    await harness.advance(48 * HOUR);
    expect((await typesOf(door.id)).at(-1)).toBe('DeviceIsBack');
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    expect((await typesOf(door.id)).at(-1)).toBe('DeviceFellSilent');
  });
});

describe('the registration of a device', () => {
  it('is refused where the id is in use', async () => {
    expect(await wang.refusal(REGISTER, { input: zhaosDoor })).toBe('CONFLICT');
  });

  it('shows the token once: a repeat of the request gets all but the token', async () => {
    const input = { ...zhaosDoor, id: 'once' };
    const key = { idempotencyKey: 'once' };
    const first = await wang.data(REGISTER_WITH_TOKEN, { input }, key);
    expect(first.registerDevice.token).toMatch(/^[\w-]{43}$/);
    const again = await wang.execute(REGISTER_WITH_TOKEN, { input }, key);
    expect(again.errors).toMatchObject([{ extensions: { code: 'TOKEN_SHOWN_ONCE' } }]);
    expect((await wang.data(REGISTER, { input }, key)).registerDevice.device).toMatchObject({ id: 'once' });
    const stored = JSON.stringify([await harness.events(), await harness.readModelRows()]);
    expect(stored).not.toContain(first.registerDevice.token);
  });

  it('ends with the retirement: the token is refused, and the id is free for a new device', async () => {
    const old = await TestDevice.register(harness, wang, { id: 'meter', kind: 'WATER_METER' });
    await old.send({ messageId: '1', consumption: 1.5 });
    expect((await wang.data(RETIRE, { id: 'meter' })).retireDevice).toMatchObject({
      lastReading: { consumption: 1.5 },
    });
    expect(await wang.refusal(READ, { id: 'meter' })).toBe('NOT_FOUND');
    expect(await wang.refusal(RETIRE, { id: 'meter' })).toBe('NOT_FOUND');
    expect((await old.send({ consumption: 2 })).status).toBe(401);
    const anew = await TestDevice.register(harness, wang, { id: 'meter', kind: 'WATER_METER' });
    expect((await old.send({ consumption: 2 })).status).toBe(401);
    expect((await anew.send({ messageId: '1', consumption: 0 })).json).toEqual({ accepted: 1, repeated: 0 });
  });
});

describe('a smoke alarm in the bicycle shed', () => {
  it('tells of smoke with each reading that says so, and once that it is over', async () => {
    const alarm = await TestDevice.register(harness, wang, {
      id: 'shed',
      kind: 'SMOKE_ALARM',
      residentId: null,
    });
    for (const smoke of [false, true, true, false, false]) await alarm.send({ smoke, smoke_density: 3 });
    expect(await typesOf('shed')).toEqual([
      'DeviceRegistered',
      'ReadingReceived',
      ...['ReadingReceived', 'SmokeDetected'],
      ...['ReadingReceived', 'SmokeDetected'],
      ...['ReadingReceived', 'SmokeCleared'],
      'ReadingReceived',
    ]);
  });
});
