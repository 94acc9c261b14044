import { people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import {
  collection,
  feature,
  hydrant,
  IMPORT,
  REGISTER_FOR_EVER,
  REPORT_FOR_EVER,
} from './facility.documents.ts';
import { plugin } from '../plugin.ts';

/** A hydrant is registered, a map with it and another is imported, and somebody opens the first. */
async function tellFacilityStory(harness: PluginHarness): Promise<unknown[]> {
  const [sun, chen] = [harness.as(people.adminSun), harness.as(people.propertyChen)];
  const input = { ...hydrant('gate', 1), attributes: { owner: '自来水公司' } };
  const registered = await sun.data(REGISTER_FOR_EVER, { input }, { idempotencyKey: 'gate' });
  const lift = { kind: 'LIFT', name: '1号楼电梯', location: { building: '1号楼' } };
  const unnamed = await sun.data(REGISTER_FOR_EVER, { input: lift }, { idempotencyKey: 'lift' });
  const map = collection(feature('gate', [120.15, 30.25]), feature('shed', [120.16, 30.25]));
  const imported = await sun.data(IMPORT, { geojson: map }, { idempotencyKey: 'map' });
  const water = { id: 'gate', hasWater: true, pressureKPa: 300 };
  const read = await chen.data(REPORT_FOR_EVER, water, { idempotencyKey: 'water' });
  return [registered, unnamed, imported, read];
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['1号楼电梯', '消火栓'],
  sampleStory: tellFacilityStory,
};
