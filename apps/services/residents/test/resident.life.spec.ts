import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, OSMANTHUS_COURT, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness } from '@weinao/testing';
import { AMEND, LIST, MOVE_OUT, READ, REGISTER, zhao } from './resident.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let wang: HarnessViewer, chen: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  wang = harness.as(people.workerWang);
  chen = harness.as(people.propertyChen);
  await wang.data(REGISTER, { input: zhao });
  await wang.data(REGISTER, { input: { id: 'child', name: '张乐', birthDate: '2017-09-13' } });
});

afterAll(() => harness.close());

const namesOf = async (filter: object): Promise<string[]> => {
  const { nodes, totalCount } = (await wang.data(LIST, { filter })).residents;
  expect(nodes).toHaveLength(totalCount);
  return nodes.map(({ name }: { name: string }) => name);
};

describe('resident Zhao', () => {
  it('is known with her age by the date of the community', async () => {
    expect((await wang.data(READ, { id: 'zhao' })).resident).toEqual({ ...zhao, age: 84 });
    // 00:30 on the 5th in Shanghai, still the 4th in UTC
    harness.clock.advance(Date.parse('2026-03-04T16:30:00Z') - Date.parse(harness.clock.now().toISOString()));
    expect((await wang.data(READ, { id: 'zhao' })).resident.age).toBe(85);
  });

  it('is found by building, age, tag and text', async () => {
    expect(await namesOf({ building: '3号楼', minAge: 85, tag: '独居老人', text: '秀' })).toEqual(['赵秀英']);
    expect(await namesOf({ text: '301' })).toEqual(['赵秀英']);
    expect(await namesOf({ minAge: 86 })).toEqual([]);
    expect(await namesOf({ text: '%' })).toEqual([]);
    expect(await namesOf({})).toEqual(['张乐', '赵秀英']);
  });

  it('shows the property where she lives, and nothing of herself', async () => {
    const seen = (await chen.data(READ, { id: 'zhao' })).resident;
    expect(seen).toMatchObject({ id: 'zhao', building: '3号楼', unit: '2单元', tags: [] });
    for (const field of ['name', 'birthDate', 'age', 'phone', 'room', 'livesAlone'])
      expect(seen[field]).toBeNull();
    for (const filter of [{ minAge: 80 }, { tag: '独居老人' }, { text: '赵' }])
      expect(await chen.refusal(LIST, { filter })).toBe('FORBIDDEN');
    expect((await chen.data(LIST, { filter: { building: '3号楼' } })).residents.totalCount).toBe(1);
  });

  it('sees herself, and no other resident', async () => {
    const self = harness.as({ id: 'zhao', roles: ['resident'], communityId: OSMANTHUS_COURT });
    expect((await self.data(READ, { id: 'zhao' })).resident).toMatchObject({ name: '赵秀英', age: 85 });
    expect(await self.refusal(READ, { id: 'child' })).toBe('FORBIDDEN');
    expect(await self.refusal(LIST)).toBe('FORBIDDEN');
  });

  it('is amended by what is given, and null clears', async () => {
    const input = { phone: null, room: '302', tags: null };
    const amended = (await wang.data(AMEND, { id: 'zhao', input })).amendResident;
    expect(amended).toEqual({ ...zhao, age: 85, phone: null, room: '302', tags: [] });
    expect((await wang.data(READ, { id: 'zhao' })).resident).toEqual(amended);
    expect(await wang.refusal(AMEND, { id: 'nobody', input })).toBe('NOT_FOUND');
  });

  it('is registered once, moves out, and may come back', async () => {
    expect(await wang.refusal(REGISTER, { input: zhao })).toBe('CONFLICT');
    expect((await wang.data(MOVE_OUT, { id: 'zhao' })).moveResidentOut).toMatchObject({ name: '赵秀英' });
    expect(await wang.refusal(READ, { id: 'zhao' })).toBe('NOT_FOUND');
    expect(await wang.refusal(MOVE_OUT, { id: 'zhao' })).toBe('NOT_FOUND');
    expect((await wang.data(REGISTER, { input: zhao })).registerResident).toEqual({ ...zhao, age: 85 });
  });

  it('gets an id where none is given', async () => {
    const { id } = (await wang.data(REGISTER, { input: { name: '何佳' } })).registerResident;
    expect((await wang.data(READ, { id })).resident).toMatchObject({ name: '何佳', age: null, tags: [] });
  });
});

describe('where another plugin names residents', () => {
  const ENTITIES = `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Resident { id name } } }`;
  const of = (...ids: string[]) => ({ ids: ids.map((id) => ({ __typename: 'Resident', id })) });

  it('they are who they are, null where there is nobody, and refused to who may not see them', async () => {
    expect((await wang.data(ENTITIES, of('zhao', 'nobody')))._entities).toEqual([
      { id: 'zhao', name: '赵秀英' },
      null,
    ]);
    const other = harness.as({ id: 'lin', roles: ['resident'], communityId: OSMANTHUS_COURT });
    expect(await other.refusal(ENTITIES, of('zhao'))).toBe('FORBIDDEN');
  });
});
