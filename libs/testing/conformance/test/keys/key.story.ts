import { plugin } from './plugin.ts';
import { happenBeside, neighbour, people } from '../../index.ts';
import type { PluginHarness, PluginStory } from '../../index.ts';

const DAY_MS = 86_400_000;
const CUT = 'mutation ($label: String!) { cutKey(label: $label) { id label } }';
const RETURN = 'mutation ($id: ID!) { returnKey(id: $id) { id label } }';

/** A key of the cellar is cut and comes back; that of a flat is scrapped a day after its lock was changed. */
async function tellKeyStory(harness: PluginHarness): Promise<unknown[]> {
  const wang = harness.as(people.workerWang);
  const cut = await wang.data(CUT, { label: '地下室钥匙' }, { idempotencyKey: 'wang-cuts' });
  await harness.advance(DAY_MS);
  const { id } = cut.cutKey as { id: string };
  return [cut, await wang.data(RETURN, { id }, { idempotencyKey: 'wang-takes-it-back' })];
}

export const story: PluginStory = {
  plugin,
  folder: new URL('./', import.meta.url),
  secrets: ['地下室钥匙'],
  others: [neighbour('doors', ['LockChanged'])],
  prepare: (harness) =>
    happenBeside(harness, 'doors', 'door/one', { type: 'LockChanged', data: { flat: 'one' } }),
  sampleStory: tellKeyStory,
};
