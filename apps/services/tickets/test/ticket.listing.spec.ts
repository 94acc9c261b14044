import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { change, LIST, open } from './ticket.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let lin: HarnessViewer;

/** Titles of the tickets that a filter lets through, the newest first. */
async function titles(filter: Record<string, unknown>, viewer = lin): Promise<string[]> {
  const { tickets } = await viewer.data(LIST, { filter });
  expect(tickets.totalCount).toBe(tickets.nodes.length);
  return tickets.nodes.map(({ title }: { title: string }) => title);
}

describe('filtering tickets', () => {
  beforeAll(async () => {
    harness = await openPluginHarness(plugin);
    lin = harness.as(people.residentLin);
    const zhao = harness.as(people.residentZhao);
    const at = async (viewer: HarnessViewer, input: object): Promise<string> => {
      harness.clock.advance(60_000);
      return (await open(viewer, { description: null, ...input })).id;
    };
    const lamp = await at(lin, { title: '楼道灯坏了', category: '公共照明' });
    const leak = await at(zhao, { title: '水管漏水', category: '管道', description: '每分钟 100% 的流量' });
    await at(lin, { kind: 'TIP', title: '夜间施工', category: '噪音', description: 'house_7 施工' });
    await at(zhao, { kind: 'TIP', title: 'Elevator noise', category: '噪音' });
    await change(harness.as(people.workerWang), lamp, 'assignTicket', { assigneeId: 'property-chen' });
    await change(harness.as(people.propertyChen), leak, 'resolveTicket', { resolution: '好了' });
  });

  afterAll(() => harness.close());

  it('by status, one or several', async () => {
    expect(await titles({ status: ['RESOLVED'] })).toEqual(['水管漏水']);
    expect(await titles({ status: ['RESOLVED', 'ASSIGNED'] })).toEqual(['水管漏水', '楼道灯坏了']);
    expect(await titles({ status: [] })).toEqual([]);
  });

  it('by kind, category, and who has it to do', async () => {
    expect(await titles({ kind: 'TIP' })).toEqual(['Elevator noise', '夜间施工']);
    expect(await titles({ category: '公共照明' })).toEqual(['楼道灯坏了']);
    expect(await titles({ assigneeId: 'property-chen' })).toEqual(['楼道灯坏了']);
  });

  it('by what is one’s own', async () => {
    expect(await titles({ mine: true })).toEqual(['夜间施工', '楼道灯坏了']);
    expect(await titles({ mine: true }, harness.as(people.residentZhao))).toEqual([
      'Elevator noise',
      '水管漏水',
    ]);
    expect(await titles({ mine: false })).toHaveLength(4);
  });

  it('by all of it together', async () => {
    expect(await titles({ kind: 'TIP', category: '噪音', mine: true, text: '施工' })).toEqual(['夜间施工']);
    expect(await titles({ kind: 'REPAIR', text: '施工' })).toEqual([]);
  });

  it('by a part of title, description or category, in any case', async () => {
    expect(await titles({ text: '漏' })).toEqual(['水管漏水']);
    expect(await titles({ text: 'ELEVATOR' })).toEqual(['Elevator noise']);
    expect(await titles({ text: '流量' })).toEqual(['水管漏水']);
    expect(await titles({ text: '噪' })).toEqual(['Elevator noise', '夜间施工']);
  });

  it('by text that has the signs of a pattern, which stand for themselves', async () => {
    expect(await titles({ text: '%' })).toEqual(['水管漏水']);
    expect(await titles({ text: '_' })).toEqual(['夜间施工']);
    expect(await titles({ text: '100%' })).toEqual(['水管漏水']);
    expect(await titles({ text: '\\' })).toEqual([]);
    expect(await titles({ text: "' or 1=1 --" })).toEqual([]);
  });

  it('by nothing, which shows all', async () => {
    expect(await titles({})).toHaveLength(4);
    expect(await titles({ kind: null, status: null, text: null })).toHaveLength(4);
  });
});

describe('paging through 25 tickets', () => {
  beforeAll(async () => {
    harness = await openPluginHarness(plugin);
    lin = harness.as(people.residentLin);
    for (let n = 1; n <= 25; n++) {
      if (n % 5 !== 0) harness.clock.advance(1_000); // some are of the same moment
      await open(lin, { title: `第${n}号` });
    }
  });

  afterAll(() => harness.close());

  async function pages(first: number, filter = {}): Promise<string[][]> {
    const seen: string[][] = [];
    for (let after: string | null = null; ;) {
      const { tickets } = await lin.data(LIST, { first, after, filter });
      expect(tickets.totalCount).toBe(25);
      seen.push(tickets.nodes.map((node: { id: string }) => node.id));
      if (!tickets.pageInfo.hasNextPage) return seen;
      after = tickets.pageInfo.endCursor;
    }
  }

  it('shows each once, the newest first, whatever the size of the page', async () => {
    const [all] = await pages(100);
    expect(new Set(all).size).toBe(25);
    expect((await pages(10)).map((page) => page.length)).toEqual([10, 10, 5]);
    for (const size of [1, 7, 25]) expect((await pages(size)).flat()).toEqual(all);
  });

  it('shows 20 where nobody says how many', async () => {
    const { tickets } = await lin.data('{ tickets { nodes { number } pageInfo { hasNextPage } } }');
    expect(tickets.nodes).toHaveLength(20);
    expect(tickets.nodes[0].number).toBeGreaterThan(20);
    expect(tickets.pageInfo.hasNextPage).toBe(true);
  });

  it('is not confused by a ticket that is opened meanwhile', async () => {
    const [before] = await pages(100);
    const { tickets } = await lin.data(LIST, { first: 10 });
    await open(lin, { title: '第26号' });
    const rest = await lin.data(LIST, { first: 100, after: tickets.pageInfo.endCursor });
    expect(rest.tickets.nodes.map((node: { id: string }) => node.id)).toEqual(before!.slice(10));
  });

  it('ends with an empty page after the last one', async () => {
    const last = await lin.data(LIST, { first: 100 });
    const { tickets } = await lin.data(LIST, { after: last.tickets.pageInfo.endCursor });
    expect(tickets).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });
});
