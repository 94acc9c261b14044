import { happenBeside, neighbour, people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import { change, start } from './watch.documents.ts';
import { plugin } from '../plugin.ts';

const DEVICE_EVENTS = ['DeviceRegistered', 'DeviceFellSilent', 'DeviceIsBack', 'DeviceRetired'];
const VISITED_AT = '2026-03-06T09:17:00.000Z';
const HOUR = 3_600_000;

/** Zhao is watched, is missed twice, and leaves the watch; what other plugins know of her comes first. */
async function tellCareStory(harness: PluginHarness): Promise<unknown[]> {
  const wang = harness.as(people.workerWang);
  const answers = [await start(wang, {}, 'wang-starts')];
  const tell = async (...args: Parameters<typeof change> extends [unknown, ...infer Rest] ? Rest : never) =>
    void answers.push(await change(wang, ...args));
  await tell('recordSignOfLife', { source: 'CALL' }, 'zhao-calls');
  await harness.advance(49 * HOUR);
  await harness.advance(HOUR);
  await tell('closeConcern', { outcome: 'HELPED', note: '摔倒，已送医' }, 'wang-helps');
  await tell('pauseWatch', { reason: '住院' }, 'zhao-in-hospital');
  await tell('resumeWatch', {}, 'zhao-is-home');
  await harness.advance(48 * HOUR);
  await tell('recordSignOfLife', { source: 'VISIT', at: VISITED_AT }, 'wang-visits');
  await tell('endWatch', { reason: '搬去女儿家' }, 'zhao-leaves');
  return answers;
}

async function knowZhao(harness: PluginHarness): Promise<void> {
  const where = { building: '3号楼', unit: '2单元' };
  await happenBeside(harness, 'residents', 'resident/zhao', { type: 'ResidentRegistered', data: where });
  const data = { kind: 'DOOR', residentId: 'zhao' };
  for (const type of DEVICE_EVENTS) await happenBeside(harness, 'devices', 'device/door', { type, data });
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: [VISITED_AT],
  others: [neighbour('devices', DEVICE_EVENTS), neighbour('residents', ['ResidentRegistered'])],
  prepare: knowZhao,
  sampleStory: tellCareStory,
};
