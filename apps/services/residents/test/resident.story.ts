import { people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import { AMEND, IMPORT, MOVE_OUT, REGISTER, zhao } from './resident.documents.ts';
import { plugin } from '../plugin.ts';

/** Zhao moves in, gets another phone; a list is imported; and a tenant moves out. */
async function tellResidentStory(harness: PluginHarness): Promise<unknown[]> {
  const [wang, sun] = [harness.as(people.workerWang), harness.as(people.adminSun)];
  const answers = [await wang.data(REGISTER, { input: zhao }, { idempotencyKey: 'zhao-moves-in' })];
  const tenant = { id: 'tenant', name: '租客许洋' };
  answers.push(await wang.data(REGISTER, { input: tenant }, { idempotencyKey: 'tenant-moves-in' }));
  const input = { phone: '0571-88885678' };
  answers.push(await wang.data(AMEND, { id: 'zhao', input }, { idempotencyKey: 'zhao-phones' }));
  const csv = '编号,姓名,楼栋\nsun,孙德福,1号楼\n';
  answers.push(await sun.data(IMPORT, { csv }, { idempotencyKey: 'a-list' }));
  answers.push(await wang.data(MOVE_OUT, { id: 'tenant' }, { idempotencyKey: 'tenant-moves-out' }));
  return answers;
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['赵秀英', '0571-88885678', '孙德福', '独居老人'],
  sampleStory: tellResidentStory,
};
