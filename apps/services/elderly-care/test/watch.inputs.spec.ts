import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { change, changeDocument, LIST, start, START } from './watch.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let wang: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  wang = harness.as(people.workerWang);
});

afterAll(() => harness.close());

const long = (length: number): string => '长'.repeat(length);
const started = (input: object): Promise<string[]> =>
  brokenRules(wang, START, { input: { residentId: 'zhao', consentGivenBy: '赵秀英', ...input } });

describe('what does not fit', () => {
  it('is named all at once, and nothing is stored', async () => {
    const input = { residentId: 'a/b', consentGivenBy: ' ', kinPhone: 'x', thresholdHours: 337 };
    expect(await started(input)).toEqual([
      'consentGivenBy notBlank',
      'kinPhone matches',
      'residentId matches',
      'thresholdHours max',
    ]);
    expect(await started({ thresholdHours: 0 })).toEqual(['thresholdHours min']);
    expect(await wang.refusal(START, { input: { residentId: 'zhao' } })).toBe('BAD_USER_INPUT');
    expect(await brokenRules(wang, LIST, { first: 101 })).toEqual(['first max']);
    expect(await harness.events()).toEqual([]);
  });

  it('is a time on the wrong side of now', async () => {
    await start(wang);
    const before = await harness.events();
    const [past, future] = ['2026-03-02T08:00:00Z', '2026-03-02T08:00:01Z'];
    const sign = { residentId: 'zhao', source: 'CALL', at: future };
    expect(await brokenRules(wang, changeDocument('recordSignOfLife'), sign)).toEqual(['at notInTheFuture']);
    const pause = { residentId: 'zhao', reason: '住院', until: past };
    expect(await brokenRules(wang, changeDocument('pauseWatch'), pause)).toEqual(['until inTheFuture']);
    const noDay = { ...sign, at: '2026-02-30T08:00:00Z' };
    expect(await wang.refusal(changeDocument('recordSignOfLife'), noDay)).toBe('BAD_USER_INPUT');
    expect(await harness.events()).toEqual(before);
  });

  it('is a text beyond its limit', async () => {
    const [fits, tooLong] = [long(2_000), long(2_001)];
    const reason = { residentId: 'zhao', reason: tooLong };
    for (const mutation of ['pauseWatch', 'endWatch'] as const)
      expect(await brokenRules(wang, changeDocument(mutation), reason)).toEqual(['reason maxLength']);
    const close = { residentId: 'zhao', outcome: 'SAFE', note: tooLong };
    expect(await brokenRules(wang, changeDocument('closeConcern'), close)).toEqual(['note maxLength']);
    expect(await change(wang, 'endWatch', { reason: fits })).toMatchObject({ status: 'ENDED' });
  });
});
