import { people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import { ACKNOWLEDGE, raise, RESOLVE } from './alert.documents.ts';
import { plugin } from '../plugin.ts';

/** People stuck in a lift, told of twice and escalated; and a drill that is called off. */
async function tellAlertStory(harness: PluginHarness): Promise<unknown[]> {
  const [lin, wang] = [harness.as(people.residentLin), harness.as(people.workerWang)];
  const lift = await raise(lin, {}, 'lin-raises');
  const again = await raise(lin, {}, 'lin-raises-again');
  await harness.advance(60_000);
  const acknowledged = await wang.data(ACKNOWLEDGE, { id: lift.id }, { idempotencyKey: 'wang-comes' });
  const outcome = { id: lift.id, outcome: 'RESOLVED', note: '维保已放人' };
  const resolved = await wang.data(RESOLVE, outcome, { idempotencyKey: 'wang-resolves' });
  const drill = await raise(wang, { kind: 'SMOKE', title: '消防演练', drill: true }, 'wang-drills');
  const off = { id: drill.id, outcome: 'FALSE_ALARM' };
  const over = await wang.data(RESOLVE, off, { idempotencyKey: 'wang-calls-off' });
  return [lift, again, acknowledged, resolved, drill, over];
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['电梯困人', '维保已放人', '消防演练'],
  sampleStory: tellAlertStory,
};
