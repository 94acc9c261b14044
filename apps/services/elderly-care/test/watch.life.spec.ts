import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '@weinao/events';
import {
  appendRequest,
  factOf,
  happenBeside,
  neighbour,
  openPluginHarness,
  OSMANTHUS_COURT,
  people,
} from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import { change, changeDocument, LIST, READ, start, START } from './watch.documents.ts';
import { plugin } from '../plugin.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let harness: PluginHarness;
let wang: HarnessViewer;

beforeAll(async () => {
  const devices = neighbour('devices', [
    'ActivityDetected',
    'DeviceRegistered',
    'DeviceRetired',
    'DeviceFellSilent',
    'DeviceIsBack',
  ]);
  const residents = neighbour('residents', ['ResidentRegistered', 'ResidentMovedOut']);
  harness = await openPluginHarness(plugin, { others: [devices, residents] });
  wang = harness.as(people.workerWang);
});

afterAll(() => harness.close());

const read = async (residentId: string): Promise<LookedInto> => (await wang.data(READ, { residentId })).watch;
const now = (): number => harness.clock.now().getTime();
const at = (ms: number): string => new Date(ms).toISOString();
const concernsOf = async (residentId: string): Promise<LookedInto[]> => {
  const log = new PostgresEventLog(harness.database.pool, 'elderly-care');
  const events = await log.readStream(`watch/${OSMANTHUS_COURT}/${residentId}`);
  return events.filter(({ type }) => type === 'ConcernRaised').map(({ data }) => data as LookedInto);
};

/** A door opens, or something moves. */
const active = (residentId: string, source: string, when?: string): Promise<void> =>
  happenBeside(harness, 'devices', `device/of-${residentId}`, {
    type: 'ActivityDetected',
    data: { source, residentId, location: null },
    ...(when === undefined ? {} : { at: when }),
  });

describe('resident Zhao, 85', () => {
  it('is a concern exactly 48 hours after her door opened, once, with where she lives', async () => {
    const data = { building: '3号楼', unit: '2单元' };
    await happenBeside(harness, 'residents', 'resident/zhao', { type: 'ResidentRegistered', data });
    const begun = now();
    expect(await start(wang)).toMatchObject({
      status: 'WATCHING',
      dueAt: at(begun + 48 * HOUR),
      blind: false,
    });
    await harness.advance(3 * HOUR);
    await active('zhao', 'DOOR');
    const dueAt = at(begun + 51 * HOUR);
    expect(await read('zhao')).toMatchObject({ lastSource: 'DOOR', dueAt, resident: { id: 'zhao' } });

    await harness.advance(48 * HOUR - 1);
    expect(await read('zhao')).toMatchObject({ status: 'WATCHING', concernSince: null });
    await harness.advance(1);
    expect(await read('zhao')).toMatchObject({ status: 'CONCERN', concernSince: dueAt, dueAt: null });
    await harness.restart();
    await harness.advance(HOUR);
    expect(await read('zhao')).toMatchObject({ status: 'CONCERN', escalations: 1 });
    expect(await concernsOf('zhao')).toMatchObject([{ since: dueAt, location: data, late: false }]);
  });

  it('is none any more once the reading of her motion sensor arrives that was on its way', async () => {
    await active('zhao', 'MOTION', at(now() - 10 * HOUR));
    expect(await read('zhao')).toMatchObject({
      status: 'WATCHING',
      lastSource: 'MOTION',
      concernSince: null,
      escalations: 0,
      dueAt: at(now() + 38 * HOUR),
    });
  });

  it('is not missed in hospital, and is again when she is home', async () => {
    const until = at(now() + 10 * DAY);
    expect(await change(wang, 'pauseWatch', { until, reason: '住院' })).toMatchObject({
      status: 'PAUSED',
      dueAt: null,
      pausedUntil: until,
    });
    await harness.advance(10 * DAY - 1);
    expect(await read('zhao')).toMatchObject({ status: 'PAUSED' });
    await harness.advance(1);
    expect(await read('zhao')).toMatchObject({ status: 'WATCHING', dueAt: at(now() + 48 * HOUR) });
  });

  it('is a concern at once, marked late, where the plugin was off when it was due', async () => {
    const { dueAt } = await read('zhao');
    harness.disable(OSMANTHUS_COURT);
    await harness.advance(50 * HOUR);
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    expect(await read('zhao')).toMatchObject({ status: 'CONCERN', concernSince: dueAt });
    expect((await concernsOf('zhao')).at(-1)).toMatchObject({ late: true, since: dueAt });
  });

  it('is helped, and watched on', async () => {
    const closed = await change(wang, 'closeConcern', { outcome: 'HELPED', note: '摔倒，已送医' });
    expect(closed).toMatchObject({ status: 'WATCHING', dueAt: at(now() + 48 * HOUR), escalations: 0 });
    await happenBeside(harness, 'residents', 'resident/zhao', { type: 'ResidentMovedOut', data: {} });
    expect(await read('zhao')).toMatchObject({ status: 'ENDED', dueAt: null });
    await harness.advance(3 * DAY);
    expect(await read('zhao')).toMatchObject({ status: 'ENDED' });
  });
});

describe('resident Sun, who rings each morning', () => {
  it('is no concern by a call in the last second', async () => {
    await start(wang, { residentId: 'sun' });
    await harness.advance(48 * HOUR - SECOND);
    await change(wang, 'recordSignOfLife', { residentId: 'sun', source: 'CALL' });
    await harness.advance(MINUTE);
    expect(await read('sun')).toMatchObject({ status: 'WATCHING', lastSource: 'CALL' });
    expect(await concernsOf('sun')).toEqual([]);
  });

  it('lives a week of doors and movements without a concern, and is one when they end, at the exact time', async () => {
    const days = [7.2, 9.5, 12.1, 18, 21.7, 31.4, 33, 41.9, 56.3, 66, 79.5, 90, 103.2, 130.1, 145.6, 167.9];
    const begun = now();
    for (const [index, hours] of days.entries()) {
      await harness.advance(begun + hours * HOUR - now());
      await active('sun', index % 2 === 0 ? 'DOOR' : 'MOTION');
    }
    expect(await concernsOf('sun')).toEqual([]);
    await harness.advance(5 * DAY);
    expect(await concernsOf('sun')).toMatchObject([{ since: at(begun + (167.9 + 48) * HOUR) }]);
  });

  it('is watched blindly while every device that would tell is silent', async () => {
    const of = (device: string, type: string, kind = 'DOOR') =>
      happenBeside(harness, 'devices', `device/${device}`, { type, data: { kind, residentId: 'sun' } });
    const blind = async (): Promise<boolean> => (await read('sun')).blind as boolean;
    await of('door', 'DeviceRegistered');
    await of('tap', 'DeviceRegistered', 'WATER_METER');
    await of('door', 'DeviceFellSilent');
    expect(await blind()).toBe(false);
    await of('tap', 'DeviceFellSilent', 'WATER_METER');
    expect(await blind()).toBe(true);
    await of('door', 'DeviceIsBack');
    expect(await blind()).toBe(false);
    await of('door', 'DeviceRetired');
    expect(await blind()).toBe(true);
  });
});

describe('a resident with a thousand signs of life', () => {
  it('is decided about by a snapshot of them, also where a device tells', async () => {
    await start(wang, { residentId: 'busy' });
    const stream = `watch/${OSMANTHUS_COURT}/busy`;
    const log = new PostgresEventLog(harness.database.pool, 'elderly-care');
    const { dueAt } = await read('busy');
    const sign = { source: 'MOTION', signAt: at(now() - HOUR), dueAt };
    const events = Array.from({ length: 1_001 }, () => ({
      ...factOf('SignOfLifeSeen', sign, { communityId: OSMANTHUS_COURT }),
      at: at(now()),
    }));
    await log.append(appendRequest({ stream, communityId: OSMANTHUS_COURT, expectedRevision: 0, events }));
    harness.clock.advance(SECOND);
    await active('busy', 'DOOR');
    const { rows } = await harness.database.pool.query(
      `select revision from "elderly-care".snapshots where stream = $1`,
      [stream],
    );
    expect(rows.map(({ revision }) => Number(revision))).toEqual([1_002]);
    expect(await read('busy')).toMatchObject({ lastSource: 'DOOR' });
    await change(wang, 'endWatch', { residentId: 'busy', reason: '搬走' });
  });
});

describe('watches', () => {
  it('are listed by status, page by page', async () => {
    await change(wang, 'closeConcern', { residentId: 'sun', outcome: 'MOVED' });
    for (const residentId of ['a', 'b', 'c']) await start(wang, { residentId });
    const filter = { status: 'WATCHING' };
    const first = (await wang.data(LIST, { filter, first: 2 })).watches;
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const after = first.pageInfo.endCursor as string;
    const rest = (await wang.data(LIST, { filter, first: 2, after })).watches;
    expect([...first.nodes, ...rest.nodes].map(({ residentId }) => residentId)).toEqual(['a', 'b', 'c']);
  });

  it('are the business of workers, and of nobody who is not watched', async () => {
    const lin = harness.as(people.residentLin);
    expect(await lin.refusal(READ, { residentId: 'a' })).toBe('FORBIDDEN');
    expect(await lin.refusal(START, { input: { residentId: 'lin', consentGivenBy: 'lin' } })).toBe(
      'FORBIDDEN',
    );
    const visit = { residentId: 'a', source: 'VISIT' };
    expect(await lin.refusal(changeDocument('recordSignOfLife'), visit)).toBe('FORBIDDEN');
    expect(await wang.refusal(READ, { residentId: 'nobody' })).toBe('NOT_FOUND');
    const unknown = { residentId: 'nobody', source: 'CALL' };
    expect(await wang.refusal(changeDocument('recordSignOfLife'), unknown)).toBe('NOT_FOUND');
  });
});
