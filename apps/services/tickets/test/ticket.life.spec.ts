import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { brokenLamp, change, changeDocument, open, OPEN, READ } from './ticket.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let lin: HarnessViewer, zhao: HarnessViewer, wang: HarnessViewer, chen: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  lin = harness.as(people.residentLin);
  zhao = harness.as(people.residentZhao);
  wang = harness.as(people.workerWang);
  chen = harness.as(people.propertyChen);
});

afterAll(() => harness.close());

const read = async (id: string): Promise<Record<string, unknown>> => (await lin.data(READ, { id })).ticket;

describe('the lamp of building 3', () => {
  it('goes from the report to five stars, and its history tells who did what and when', async () => {
    const opened = await open(lin);
    expect(opened).toMatchObject({ ...brokenLamp, number: 1, status: 'OPEN', openedBy: 'resident-lin' });
    expect(opened).toMatchObject({ openedAt: '2026-03-02T08:00:00.000Z', dueAt: null, overdue: false });

    const { id } = opened;
    harness.clock.advance(600_000);
    const assigned = await change(wang, id, 'assignTicket', { assigneeId: 'property-chen' });
    expect(assigned).toMatchObject({ status: 'ASSIGNED', assigneeId: 'property-chen' });
    harness.clock.advance(600_000);
    expect(await change(chen, id, 'startTicket')).toMatchObject({ status: 'IN_PROGRESS' });
    const resolution = '已更换灯管';
    expect(await change(chen, id, 'resolveTicket', { resolution })).toMatchObject({
      status: 'RESOLVED',
      resolution,
    });
    harness.clock.advance(600_000);
    const rated = await change(lin, id, 'rateTicket', { stars: 5, comment: '谢谢师傅' });

    expect(rated).toMatchObject({ status: 'CLOSED', stars: 5 });
    expect(rated.history).toEqual([
      { type: 'TicketOpened', at: '2026-03-02T08:00:00.000Z', by: 'resident-lin', note: null },
      { type: 'TicketAssigned', at: '2026-03-02T08:10:00.000Z', by: null, note: 'property-chen' },
      { type: 'TicketStarted', at: '2026-03-02T08:20:00.000Z', by: 'property-chen', note: null },
      { type: 'TicketResolved', at: '2026-03-02T08:20:00.000Z', by: 'property-chen', note: resolution },
      { type: 'TicketRated', at: '2026-03-02T08:30:00.000Z', by: 'resident-lin', note: '谢谢师傅' },
    ]);
    expect(await read(id)).toEqual(rated);
  });

  it('cannot be resolved twice, nor rated twice', async () => {
    const { id } = await open(lin);
    await change(chen, id, 'resolveTicket', { resolution: '好了' });
    const again = { id, resolution: '好了' };
    expect(await chen.refusal(changeDocument('resolveTicket'), again)).toBe('TICKET_ALREADY_RESOLVED');
    await change(lin, id, 'rateTicket', { stars: 4 });
    expect(await lin.refusal(changeDocument('rateTicket'), { id, stars: 1 })).toBe('TICKET_ALREADY_CLOSED');
  });

  it('is the work of staff: a resident neither assigns nor starts it, and Chen does not assign', async () => {
    const { id } = await open(lin);
    const assign = { id, assigneeId: 'property-chen' };
    expect(await lin.refusal(changeDocument('assignTicket'), assign)).toBe('FORBIDDEN');
    expect(await chen.refusal(changeDocument('assignTicket'), assign)).toBe('FORBIDDEN');
    expect(await lin.refusal(changeDocument('startTicket'), { id })).toBe('FORBIDDEN');
    expect(await zhao.refusal(changeDocument('cancelTicket'), { id, reason: '不要了' })).toBe('FORBIDDEN');
  });
});

describe('a ticket that does not exist', () => {
  it('is not found, whatever one wants of it', async () => {
    const unknown = { id: 'no-such-ticket' };
    expect(await lin.refusal(READ, unknown)).toBe('NOT_FOUND');
    expect(await lin.refusal(changeDocument('joinTicket'), unknown)).toBe('NOT_FOUND');
    expect(await chen.refusal(changeDocument('startTicket'), unknown)).toBe('NOT_FOUND');
  });
});

describe('a mutation that comes again with its Idempotency-Key', () => {
  it('answers as the first time, also after later changes, and does nothing', async () => {
    const first = await open(lin, {}, 'twice');
    await change(chen, first.id, 'resolveTicket', { resolution: '好了' });
    expect(await open(lin, {}, 'twice')).toEqual(first);
    expect(await read(first.id)).toMatchObject({ status: 'RESOLVED' });
  });

  it('is refused with another body, and for another mutation', async () => {
    const { id } = await open(lin, {}, 'used');
    const other = { input: { ...brokenLamp, title: '4号楼楼道灯坏了' } };
    expect(await lin.refusal(OPEN, other, { idempotencyKey: 'used' })).toBe('IDEMPOTENCY_KEY_REUSED');
    const join = await lin.refusal(changeDocument('joinTicket'), { id }, { idempotencyKey: 'used' });
    expect(join).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('is somebody else’s where somebody else sends it', async () => {
    const [mine, theirs] = [await open(lin, {}, 'same key'), await open(zhao, {}, 'same key')];
    expect(theirs.id).not.toBe(mine.id);
  });

  it('keeps its turn among several mutations of one request', async () => {
    const two = `mutation ($input: OpenTicketInput!) {
      a: openTicket(input: $input) { id number } b: openTicket(input: $input) { id number }
    }`;
    const variables = { input: brokenLamp };
    const first = await lin.data(two, variables, { idempotencyKey: 'two at once' });
    expect(first.b.number).toBe(first.a.number + 1);
    expect(await lin.data(two, variables, { idempotencyKey: 'two at once' })).toEqual(first);
  });
});

describe('ten residents who report at the same moment', () => {
  it('get ten numbers that follow on each other', async () => {
    const { number } = await open(lin);
    const opened = await Promise.all(Array.from({ length: 10 }, () => open(zhao)));
    expect(opened.map((ticket) => ticket.number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => number + 1 + index),
    );
  });

  it('count from one in each community', async () => {
    await harness.enable('willow-bank');
    const neighbour = harness.as({ id: 'resident-wu', roles: ['resident'], communityId: 'willow-bank' });
    expect(await open(neighbour)).toMatchObject({ number: 1 });
  });
});

describe('a community that turns tickets off and on again', () => {
  it('finds them as they were', async () => {
    const { id } = await open(lin);
    harness.disable('osmanthus-court');
    expect(await lin.refusal(READ, { id })).toBe('PLUGIN_NOT_ENABLED');
    await harness.enable('osmanthus-court');
    expect(await read(id)).toMatchObject({ id, status: 'OPEN' });
  });
});
