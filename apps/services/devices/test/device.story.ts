import { HarnessMachine, people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import { REGISTER, REGISTER_WITH_TOKEN, RETIRE, zhaosDoor } from './device.documents.ts';
import { plugin } from '../plugin.ts';

const READINGS = 'POST devices/:device/readings';
const DAY = 86_400_000;

/** The tokens that the machines of a harness keep. */
const tokens = new WeakMap<PluginHarness, Map<string, string>>();

/** Devices that stand before the story begins, with the tokens that were shown. */
async function installDevices(harness: PluginHarness): Promise<void> {
  const sun = harness.as(people.adminSun);
  const shown = new Map<string, string>();
  for (const input of [zhaosDoor, { ...zhaosDoor, id: 'shed', kind: 'SMOKE_ALARM', residentId: null }]) {
    const { registerDevice } = await sun.data(REGISTER_WITH_TOKEN, { input });
    shown.set(input.id, registerDevice.token as string);
  }
  tokens.set(harness, shown);
}

/** Zhao's door opens and is silent for a day, smoke comes and goes in the shed, and a meter is retired. */
async function tellDeviceStory(harness: PluginHarness): Promise<unknown[]> {
  const wang = harness.as(people.workerWang);
  const send = (device: string, reading: object) =>
    new HarnessMachine(harness, tokens.get(harness)!.get(device)!).call(
      READINGS,
      { device },
      { body: JSON.stringify(reading) },
    );
  const meter = { id: 'meter', kind: 'WATER_METER', model: '智能水表', silentAfter: 'P30D' };
  const answers: unknown[] = [await wang.data(REGISTER, { input: meter }, { idempotencyKey: 'meter-comes' })];
  const readings: [string, object][] = [
    ['zhao-door', { messageId: 'd-1', contact: false }],
    ['shed', { messageId: 's-1', smoke: true }],
    ['shed', { messageId: 's-2', smoke: false }],
  ];
  for (const [device, reading] of readings) answers.push((await send(device, reading)).status);
  await harness.advance(DAY);
  answers.push((await send('zhao-door', { messageId: 'd-2', contact: true })).status);
  answers.push(await wang.data(RETIRE, { id: 'meter' }, { idempotencyKey: 'meter-goes' }));
  return answers;
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['MCCGQ11LM', '2单元'],
  prepare: installDevices,
  sampleStory: tellDeviceStory,
};
