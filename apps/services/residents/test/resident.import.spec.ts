import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { AMEND, IMPORT, LIST, READ, REGISTER } from './resident.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let sun: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  sun = harness.as(people.adminSun);
});

afterAll(() => harness.close());

const long = (length: number): string => '长'.repeat(length);
const imported = async (csv: string, idempotencyKey?: string) =>
  (await sun.data(IMPORT, { csv }, { idempotencyKey })).importResidents;

const LIST_OF_TWO = [
  '\uFEFF编号,姓名,出生日期,独居,标签',
  'zhao,"赵秀英, 老师",1941-03-05,是,独居老人；党员',
  'sun,孙德福,,,',
  '',
].join('\r\n');

describe('a list of residents', () => {
  it('is taken with quotes, a byte order mark and Chinese columns', async () => {
    expect(await imported(LIST_OF_TWO)).toEqual({ created: 2, updated: 0 });
    expect((await sun.data(READ, { id: 'zhao' })).resident).toMatchObject({
      name: '赵秀英, 老师',
      birthDate: '1941-03-05',
      livesAlone: true,
      tags: ['独居老人', '党员'],
    });
    expect((await sun.data(READ, { id: 'sun' })).resident).toMatchObject({ birthDate: null, tags: [] });
  });

  it('amends who is known by the columns that there are, and leaves the rest', async () => {
    expect(await imported('id,name,room\nzhao,赵秀英,301\nwu,吴美珍,202\n')).toEqual({
      created: 1,
      updated: 1,
    });
    expect((await sun.data(READ, { id: 'zhao' })).resident).toMatchObject({
      name: '赵秀英',
      room: '301',
      birthDate: '1941-03-05',
    });
  });

  it('is taken once, however often the request with its key comes', async () => {
    const before = (await harness.events()).length;
    const first = await imported('name\n何佳\n吕涛\n', 'tenants');
    expect(first).toEqual({ created: 2, updated: 0 });
    expect(await imported('name\n何佳\n吕涛\n', 'tenants')).toEqual(first);
    expect((await harness.events()).length).toBe(before + 2);
  });

  it('is not taken at all where one line is wrong, and every bad line is named', async () => {
    const before = await harness.events();
    const csv = [
      'id,name,birthDate,livesAlone',
      'a,甲,1950-01-01,true',
      'b,,1941-02-30,maybe',
      'a,丙,2026-03-03,',
      'a b,丁,,',
    ].join('\n');
    expect(await brokenRules(sun, IMPORT, { csv })).toEqual([
      'line 3, birthDate birthDate',
      'line 3, livesAlone isBoolean',
      'line 3, name notBlank',
      'line 4, birthDate notInTheFuture',
      'line 4, id unique',
      'line 5, id matches',
    ]);
    expect(await harness.events()).toEqual(before);
  });

  it.each([
    ['', 'no line'],
    ['id,name', 'no line below'],
    ['id\nx', 'no name'],
    ['name,name\nx,y', 'a column twice'],
    ['name,shoe size\nx,43', 'an unknown column'],
    ['name,room\nx', 'a line too short'],
    ['name\n"x', 'an open quote'],
    [`name\n${'x\n'.repeat(5_001)}`, 'too many lines'],
  ])('is refused as no list: %j has %s', async (csv) => {
    expect(await brokenRules(sun, IMPORT, { csv })).toEqual(['csv csv']);
  });
});

describe('what does not fit', () => {
  it('is named all at once, and nothing is stored', async () => {
    const before = await harness.events();
    const details = { phone: 'ring me', building: long(41), unit: ' ', room: 'a\0', tags: [long(41)] };
    const rules = ['building maxLength', 'phone matches', 'room withoutNul', 'tags matches', 'unit notBlank'];
    const input = { ...details, id: '../x', name: long(101), birthDate: '1899-01-01' };
    expect(await brokenRules(sun, REGISTER, { input })).toEqual(
      [...rules, 'birthDate birthDate', 'id matches', 'name maxLength'].sort(),
    );
    expect(await brokenRules(sun, AMEND, { id: 'zhao', input: { ...details, name: null } })).toEqual(
      [...rules, 'name isString', 'name maxLength'].sort(),
    );
    const future = { name: '未来', birthDate: '2026-03-03' };
    expect(await brokenRules(sun, REGISTER, { input: future })).toEqual(['birthDate notInTheFuture']);
    const filter = { minAge: -1, building: long(41), tag: ' ', text: long(101) };
    expect(await brokenRules(sun, LIST, { filter, first: 0 })).toEqual([
      'filter.building maxLength',
      'filter.minAge min',
      'filter.tag notBlank',
      'filter.text maxLength',
      'first min',
    ]);
    expect(await harness.events()).toEqual(before);
  });

  it('is a birth date of today neither', async () => {
    const { registerResident } = await sun.data(REGISTER, {
      input: { name: '新生儿', birthDate: '2026-03-02' },
    });
    expect(registerResident.age).toBe(0);
  });

  it('pages through the list by ids', async () => {
    const first = (await sun.data(LIST, { first: 1 })).residents;
    const second = (await sun.data(LIST, { first: 1, after: first.pageInfo.endCursor })).residents;
    expect(second.nodes[0].id > first.nodes[0].id).toBe(true);
    expect(second.totalCount).toBe(first.totalCount);
  });
});
