import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, neighbour, openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import {
  ACKNOWLEDGE,
  LIST,
  moveIn,
  PUBLISH,
  READ,
  REGISTER_SCREEN,
  SIZE,
  TestScreen,
  waterOff,
  WITHDRAW,
} from './notice.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let wang: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin, { others: [neighbour('residents', ['ResidentRegistered'])] });
  wang = harness.as(people.workerWang);
  await moveIn(harness, 'zhao', { building: '3号楼' });
  await TestScreen.register(harness, wang, 'shed', '车棚');
});

afterAll(() => harness.close());

const long = (length: number): string => '长'.repeat(length);
const later = (ms: number): string => new Date(harness.clock.now().getTime() + ms).toISOString();
const refused = (input: object): Promise<string[]> =>
  brokenRules(wang, PUBLISH, { input: { ...waterOff, ...input } });

describe('what does not fit', () => {
  it('is named all at once, and nothing is stored', async () => {
    const before = await harness.events();
    const audience = { buildings: [''], minAge: -1, maxAge: 151, tags: [long(41)] };
    expect(await refused({ title: ' ', body: long(10_001), audience })).toEqual([
      'audience.buildings matches',
      'audience.maxAge max',
      'audience.minAge min',
      'audience.tags matches',
      'body maxLength',
      'title notBlank',
    ]);
    expect(await refused({ title: long(201), body: 'a\0' })).toEqual(['body withoutNul', 'title maxLength']);
    expect(await brokenRules(wang, SIZE, { audience: { minAge: 60, maxAge: 59 } })).toEqual([
      'audience.maxAge notBelowMinAge',
    ]);
    const many = Array.from({ length: 201 }, (_, n) => `${n}`);
    expect(await refused({ audience: { buildings: many } })).toEqual(['audience.buildings arrayMaxSize']);
    expect(await brokenRules(wang, WITHDRAW, { id: long(65), reason: '' })).toEqual([
      'id maxLength',
      'reason notBlank',
    ]);
    expect(await brokenRules(harness.as(people.residentLin), ACKNOWLEDGE, { id: ' ' })).toEqual([
      'id notBlank',
    ]);
    expect(await brokenRules(wang, READ, { id: '' })).toEqual(['id notBlank']);
    expect(await brokenRules(wang, LIST, { first: 101 })).toEqual(['first max']);
    const screen = { id: 'a/b', name: long(101), building: long(41) };
    expect(await brokenRules(wang, REGISTER_SCREEN, { input: screen })).toEqual([
      'building maxLength',
      'id matches',
      'name maxLength',
    ]);
    expect(await harness.events()).toEqual(before);
  });

  it('is a time that is over, or an end before the beginning', async () => {
    const before = await harness.events();
    expect(await refused({ expiresAt: later(0) })).toEqual(['expiresAt inTheFuture']);
    expect(await refused({ publishAt: later(0) })).toEqual(['publishAt inTheFuture']);
    expect(await refused({ publishAt: later(1_000), expiresAt: later(1_000) })).toEqual([
      'expiresAt afterPublication',
    ]);
    expect(await wang.refusal(PUBLISH, { input: { ...waterOff, expiresAt: 'tomorrow' } })).toBe(
      'BAD_USER_INPUT',
    );
    expect(await harness.events()).toEqual(before);
  });

  it('is a building where nobody lives and no screen hangs', async () => {
    const before = await harness.events();
    for (const publishAt of [null, later(1_000)])
      expect(await refused({ publishAt, audience: { buildings: ['3号楼', '三号楼'] } })).toEqual([
        'audience.buildings known',
      ]);
    expect(await harness.events()).toEqual(before);
  });

  it('begins only behind the limits', async () => {
    const tags = Array.from({ length: 20 }, () => long(40));
    const audience = { buildings: ['3号楼', '车棚'], minAge: 150, maxAge: 150, tags };
    const input = { title: long(200), body: long(10_000), audience, expiresAt: later(1) };
    expect((await wang.data(PUBLISH, { input })).publishNotice.status).toBe('PUBLISHED');
  });
});
