import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, openPluginHarness, people } from '@weinao/testing';
import type { PluginHarness } from '@weinao/testing';
import { brokenLamp, changeDocument, LIST, open, OPEN, READ } from './ticket.documents.ts';
import type { Change } from './ticket.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let id: string;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  ({ id } = await open(harness.as(people.residentLin)));
});

afterAll(() => harness.close());

const broken = (query: string, variables: Record<string, unknown>): Promise<string[]> =>
  brokenRules(harness.as(people.adminSun), query, variables);

const long = (length: number): string => '长'.repeat(length);

describe('opening a ticket', () => {
  it('names all that does not fit at once', async () => {
    const input = {
      kind: 'REPAIR',
      category: ' ',
      title: long(201),
      description: long(4_001),
      anonymous: true,
      location: {
        address: long(201),
        building: long(41),
        unit: '\0',
        point: { latitude: 91, longitude: -181 },
      },
    };
    expect(await broken(OPEN, { input })).toEqual([
      'anonymous onlyForTips',
      'category notBlank',
      'description maxLength',
      'location.address maxLength',
      'location.building maxLength',
      'location.point.latitude isLatitude',
      'location.point.longitude isLongitude',
      'location.unit withoutNul',
      'title maxLength',
    ]);
  });

  it('takes every text up to its limit, and leaves out what may be left out', async () => {
    const admin = harness.as(people.adminSun);
    const full = { category: long(100), title: long(200), description: long(4_000) };
    expect(await open(admin, full)).toMatchObject(full);
    const { openTicket } = await admin.data(OPEN, {
      input: { kind: 'TIP', category: '噪音', title: '夜间施工' },
    });
    expect(openTicket).toMatchObject({ description: null, location: null });
  });

  it('refuses a kind that there is not, and half a surrogate pair that no database could hold', async () => {
    const admin = harness.as(people.adminSun);
    expect(await admin.refusal(OPEN, { input: { ...brokenLamp, kind: 'WISH' } })).toBe('BAD_USER_INPUT');
    expect(await broken(OPEN, { input: { ...brokenLamp, title: 'x\ud800' } })).toEqual(['input storable']);
  });
});

describe('changing a ticket', () => {
  const tooMuch: readonly [Change, Record<string, unknown>, string[]][] = [
    ['assignTicket', { assigneeId: long(65) }, ['assigneeId maxLength']],
    ['startTicket', {}, []],
    ['resolveTicket', { resolution: long(2_001) }, ['resolution maxLength']],
    ['reopenTicket', { reason: long(2_001) }, ['reason maxLength']],
    ['cancelTicket', { reason: '\n' }, ['reason notBlank']],
    ['rateTicket', { stars: 6, comment: '' }, ['comment notBlank', 'stars max']],
    ['rateTicket', { stars: 0, comment: long(2_001) }, ['comment maxLength', 'stars min']],
    ['commentOnTicket', { text: `${long(2_000)}\0` }, ['text maxLength', 'text withoutNul']],
    ['joinTicket', {}, []],
  ];

  it.each(tooMuch)('by %s names all that does not fit at once', async (mutation, rest, expected) => {
    const problems = await broken(changeDocument(mutation), { id: long(65), ...rest });
    expect(problems).toEqual([...expected, 'id maxLength'].sort());
    expect(await broken(changeDocument(mutation), { id: 'a\0b', ...rest })).toContain('id withoutNul');
  });

  it('takes notes up to their limit', async () => {
    const data = await harness
      .as(people.residentZhao)
      .data(changeDocument('commentOnTicket'), { id, text: long(2_000) });
    expect(data.commentOnTicket.history.at(-1).note).toBe(long(2_000));
  });
});

describe('reading tickets', () => {
  it('names all that does not fit at once', async () => {
    const filter = {
      status: Array.from({ length: 7 }, () => 'OPEN'),
      category: long(101),
      assigneeId: long(65),
      text: long(201),
    };
    expect(await broken(LIST, { filter, first: 101, after: long(201) })).toEqual([
      'after maxLength',
      'filter.assigneeId maxLength',
      'filter.category maxLength',
      'filter.status arrayMaxSize',
      'filter.text maxLength',
      'first max',
    ]);
    expect(await broken(LIST, { first: 0 })).toEqual(['first min']);
    expect(await broken(READ, { id: '' })).toEqual(['id notBlank']);
  });

  it.each([
    ['no base64 of ours', '桂花苑'],
    ['something else', Buffer.from('OPEN').toString('base64url')],
    ['a time without an id', Buffer.from('2026-03-02T08:00:00.000Z').toString('base64url')],
    ['a day that no calendar has', Buffer.from('2026-02-30T09:00:00.000Z some-id').toString('base64url')],
    ['no time at all', Buffer.from('2026-13-45T99:00:00.000Z some-id').toString('base64url')],
    ['of the year 0', Buffer.from('0000-01-01T00:00:00.000Z some-id').toString('base64url')],
  ])('refuses a cursor that is %s', async (_what, after) => {
    expect(await broken(LIST, { after })).toEqual(['after cursor']);
  });
});
