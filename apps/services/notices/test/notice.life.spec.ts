import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { neighbour, openPluginHarness, OSMANTHUS_COURT, people } from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import { ACKNOWLEDGE, LIST, moveIn, moveOut, publish, READ, SIZE, WITHDRAW } from './notice.documents.ts';
import { plugin } from '../plugin.ts';

const HOUR = 3_600_000;
const RESIDENT_EVENTS = ['ResidentRegistered', 'ResidentAmended', 'ResidentMovedOut'];

let harness: PluginHarness;
let wang: HarnessViewer, lin: HarnessViewer, zhao: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin, { others: [neighbour('residents', RESIDENT_EVENTS)] });
  wang = harness.as(people.workerWang);
  [lin, zhao] = [harness.as(people.residentLin), harness.as(people.residentZhao)];
  await moveIn(harness, 'resident-lin', { building: '1号楼', birthDate: '1990-06-01', tags: ['党员'] });
  await moveIn(harness, 'resident-zhao', {
    building: '3号楼',
    birthDate: '1941-03-03',
    tags: ['独居老人', '党员'],
  });
  await moveIn(harness, 'resident-sun', { building: '3号楼' });
});

afterAll(() => harness.close());

const later = (ms: number): string => new Date(harness.clock.now().getTime() + ms).toISOString();
const read = async (id: string, viewer = wang): Promise<LookedInto> =>
  (await viewer.data(READ, { id })).notice;
const size = async (audience: object): Promise<number> => (await wang.data(SIZE, { audience })).audienceSize;
const ALL = ['resident-lin', 'resident-sun', 'resident-zhao'];

describe('whom a notice addresses', () => {
  it.each([
    ['everybody', {}, ALL],
    ['a building', { buildings: ['3号楼'] }, ['resident-sun', 'resident-zhao']],
    ['buildings', { buildings: ['3号楼', '1号楼'] }, ALL],
    ['people who are old enough', { minAge: 80 }, ['resident-zhao']],
    ['people who are young enough', { maxAge: 35 }, ['resident-lin']],
    ['people of an age', { minAge: 84, maxAge: 84 }, ['resident-zhao']],
    ['people with a tag', { tags: ['党员'] }, ['resident-lin', 'resident-zhao']],
    ['people with both tags', { tags: ['党员', '独居老人'] }, ['resident-zhao']],
    ['people who fit in every way', { buildings: ['3号楼'], maxAge: 84, tags: ['党员'] }, ['resident-zhao']],
    ['nobody', { minAge: 85 }, []],
  ])('is %s, as the preview says, and can acknowledge', async (_case, audience, expected) => {
    const { id, reach } = await publish(wang, { audience });
    expect(reach).toEqual({ addressed: expected.length, acknowledged: 0, unacknowledged: expected });
    expect(await size(audience)).toBe(expected.length);
    for (const [viewer, resident] of [
      [lin, 'resident-lin'],
      [zhao, 'resident-zhao'],
    ] as const)
      if (!expected.includes(resident)) {
        expect(await viewer.refusal(ACKNOWLEDGE, { id })).toBe('NOTICE_NOT_ADDRESSED');
        expect(await viewer.refusal(READ, { id })).toBe('NOT_FOUND');
      } else await viewer.data(ACKNOWLEDGE, { id });
  });

  it('goes by the date of the community', async () => {
    // 00:30 on the 3rd in Shanghai, when Zhao turns 85; still the 2nd in UTC
    harness.clock.advance(Date.parse('2026-03-02T16:30:00Z') - harness.clock.now().getTime());
    expect(await size({ minAge: 85 })).toBe(1);
  });

  it('stays as it was when people move in or out later', async () => {
    const { id } = await publish(wang, { audience: { buildings: ['3号楼'] } });
    await moveIn(harness, 'resident-wu', { building: '3号楼' });
    await moveOut(harness, 'resident-sun');
    expect((await read(id)).reach.unacknowledged).toEqual(['resident-sun', 'resident-zhao']);
    expect(await size({ buildings: ['3号楼'] })).toBe(2);
    await moveOut(harness, 'resident-wu');
    await moveIn(harness, 'resident-sun', { building: '3号楼' });
  });
});

describe('an acknowledgement', () => {
  it('counts once, and only for a notice that is valid', async () => {
    const { id } = await publish(wang, { mustRead: true });
    for (let times = 0; times < 2; times += 1) {
      expect((await zhao.data(ACKNOWLEDGE, { id })).acknowledgeNotice.reach.acknowledged).toBe(1);
    }
    expect((await read(id)).reach).toEqual({
      addressed: 3,
      acknowledged: 1,
      unacknowledged: ['resident-lin', 'resident-sun'],
    });
    await wang.data(WITHDRAW, { id, reason: '时间有误' });
    expect(await lin.refusal(ACKNOWLEDGE, { id })).toBe('NOTICE_OVER');
    expect((await zhao.data(ACKNOWLEDGE, { id })).acknowledgeNotice.status).toBe('WITHDRAWN');
  });

  it('is nothing that a worker gives, or anybody for what there is not', async () => {
    const { id } = await publish(wang);
    expect(await wang.refusal(ACKNOWLEDGE, { id })).toBe('FORBIDDEN');
    expect(await lin.refusal(ACKNOWLEDGE, { id: 'none' })).toBe('NOT_FOUND');
  });

  it('of many at once is counted for each, and a resident does not learn who is missing', async () => {
    const { id } = await publish(wang);
    const answers = await Promise.all([lin, zhao, lin, zhao].map((one) => one.data(ACKNOWLEDGE, { id })));
    expect(answers.at(-1)!.acknowledgeNotice.reach.unacknowledged).toEqual([]);
    expect((await read(id)).reach).toMatchObject({ acknowledged: 2, unacknowledged: ['resident-sun'] });
  });
});

describe('a scheduled notice', () => {
  it('is published when it was to be, to those who live there by then, and ends when it was to', async () => {
    const times = { publishAt: later(HOUR), expiresAt: later(3 * HOUR) };
    const { id, status, reach } = await publish(wang, { ...times, audience: { buildings: ['3号楼'] } });
    expect([status, reach.addressed]).toEqual(['SCHEDULED', 0]);
    expect(await zhao.refusal(READ, { id })).toBe('NOT_FOUND');
    await moveIn(harness, 'resident-wu', { building: '3号楼' });
    await harness.advance(HOUR - 1);
    expect(await read(id)).toMatchObject({ status: 'SCHEDULED', publishedAt: null });
    await harness.advance(1);
    expect(await read(id, zhao)).toMatchObject({ status: 'PUBLISHED', publishedAt: times.publishAt });
    expect((await read(id)).reach.unacknowledged).toEqual(['resident-sun', 'resident-wu', 'resident-zhao']);
    await harness.advance(2 * HOUR);
    expect(await read(id)).toMatchObject({ status: 'EXPIRED' });
    expect(await wang.refusal(WITHDRAW, { id, reason: '-' })).toBe('NOTICE_OVER');
    await moveOut(harness, 'resident-wu');
  });

  it('is not published where it was withdrawn before', async () => {
    const { id } = await publish(wang, { publishAt: later(HOUR) });
    await wang.data(WITHDRAW, { id, reason: '取消' });
    await harness.advance(2 * HOUR);
    expect(await read(id)).toMatchObject({ status: 'WITHDRAWN', publishedAt: null });
  });

  it('fires at once, marked late, where the plugin was off; and only ends where its time is over', async () => {
    const due = await publish(wang, { publishAt: later(HOUR) });
    const over = await publish(wang, { publishAt: later(HOUR), expiresAt: later(2 * HOUR) });
    harness.disable(OSMANTHUS_COURT);
    await harness.advance(3 * HOUR);
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    expect(await read(due.id)).toMatchObject({ status: 'PUBLISHED' });
    expect(await read(over.id)).toMatchObject({ status: 'EXPIRED', publishedAt: null });
    const fallen = (await harness.events()).filter(({ type }) => type === 'NoticeFellDue').slice(-2);
    expect(fallen).toMatchObject([{ data: { late: true } }, { data: { late: true } }]);
  });
});

describe('the list of notices', () => {
  it('shows each what is for them, the newest first, page by page', async () => {
    harness.clock.advance(1_000);
    const mine = await publish(wang, { title: '一号楼电梯检修', audience: { buildings: ['1号楼'] } });
    harness.clock.advance(1_000);
    const other = await publish(wang, { title: '三号楼体检', audience: { buildings: ['3号楼'] } });
    const [forLin] = (await lin.data(LIST, { first: 1 })).notices.nodes;
    const first = (await wang.data(LIST, { first: 1 })).notices;
    expect([forLin.id, first.nodes[0].id]).toEqual([mine.id, other.id]);
    const next = (await wang.data(LIST, { first: 1, after: first.pageInfo.endCursor })).notices;
    expect(next.nodes[0].id).toBe(mine.id);
    expect(next.totalCount).toBe(first.totalCount);
  });
});
