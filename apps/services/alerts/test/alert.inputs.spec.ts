import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { ACKNOWLEDGE, LIST, raise, RAISE, RESOLVE, stuckLift } from './alert.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let wang: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  wang = harness.as(people.workerWang);
});

afterAll(() => harness.close());

const long = (length: number): string => '长'.repeat(length);

describe('what does not fit', () => {
  it('is named all at once, and nothing is stored', async () => {
    const point = { latitude: 120, longitude: 30.2 };
    const input = { kind: 'OTHER', title: long(201), location: { building: ' ', point } };
    expect(await brokenRules(wang, RAISE, { input })).toEqual([
      'location.building notBlank',
      'location.point.latitude isLatitude',
      'title maxLength',
    ]);
    const resolution = { id: long(65), outcome: 'RESOLVED', note: long(2_001) };
    expect(await brokenRules(wang, RESOLVE, resolution)).toEqual(['id maxLength', 'note maxLength']);
    expect(await brokenRules(wang, ACKNOWLEDGE, { id: 'a\0' })).toEqual(['id withoutNul']);
    expect(await brokenRules(wang, LIST, { first: 101, after: 'x' })).toEqual(['first max']);
    expect(await wang.refusal(LIST, { after: 'x' })).toBe('BAD_USER_INPUT');
    expect(await wang.refusal(RAISE, { input: { ...stuckLift, kind: 'FIRE' } })).toBe('BAD_USER_INPUT');
    expect(await harness.events()).toEqual([]);
  });

  it('begins only behind the limits', async () => {
    const { id } = await raise(wang, { title: long(200) });
    const resolution = { id, outcome: 'FALSE_ALARM', note: long(2_000) };
    expect((await wang.data(RESOLVE, resolution)).resolveAlert.note).toBe(long(2_000));
  });
});

describe('the list', () => {
  it('goes page by page from the newest to the oldest', async () => {
    for (const unit of ['1', '2', '3']) {
      harness.clock.advance(1_000);
      await raise(wang, { title: `第${unit}单元`, location: { building: '9号楼', unit } });
    }
    const first = (await wang.data(LIST, { first: 2, filter: { open: true } })).alerts;
    expect(first.nodes.map(({ title }: { title: string }) => title)).toEqual(['第3单元', '第2单元']);
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const after = first.pageInfo.endCursor as string;
    const rest = (await wang.data(LIST, { first: 2, after, filter: { open: true } })).alerts;
    expect(rest).toMatchObject({ nodes: [{ title: '第1单元' }], pageInfo: { hasNextPage: false } });
  });
});
