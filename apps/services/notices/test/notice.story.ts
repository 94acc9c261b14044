import { neighbour, people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import {
  ACKNOWLEDGE_FOR_EVER,
  moveIn,
  moveOut,
  PUBLISH_FOR_EVER,
  REGISTER_SCREEN,
  waterOff,
  WITHDRAW_FOR_EVER,
} from './notice.documents.ts';
import { plugin } from '../plugin.ts';

const HOUR = 3_600_000;

/** Who lives in 桂花苑 before the story begins. */
async function moveEverybodyIn(harness: PluginHarness): Promise<void> {
  await moveIn(harness, 'resident-lin', { building: '1号楼', birthDate: '1990-06-01', tags: ['党员'] });
  await moveIn(harness, 'resident-sun', { building: '3号楼' });
  await moveOut(harness, 'resident-sun');
}

/** A notice is published and acknowledged, one is scheduled and expires, one is withdrawn; and a screen is hung up. */
async function tellNoticeStory(harness: PluginHarness): Promise<unknown[]> {
  const [wang, lin] = [harness.as(people.workerWang), harness.as(people.residentLin)];
  const publish = async (input: object, idempotencyKey: string) =>
    (await wang.data(PUBLISH_FOR_EVER, { input: { ...waterOff, ...input } }, { idempotencyKey }))
      .publishNotice;
  const screen = { id: 'gate', name: '东门屏', building: '1号楼' };
  const answers: unknown[] = [
    await wang.data(REGISTER_SCREEN, { input: screen }, { idempotencyKey: 'wang-hangs-it-up' }),
  ];
  const water = await publish({ mustRead: true }, 'wang-publishes');
  const times = { publishAt: '2026-03-02T09:00:00.000Z', expiresAt: '2026-03-02T10:00:00.000Z' };
  answers.push(water, await publish({ title: '体检', ...times }, 'wang-schedules'));
  const fees = await publish({ title: '缴费', urgent: true }, 'wang-errs');
  answers.push(
    await lin.data(ACKNOWLEDGE_FOR_EVER, { id: water.id }, { idempotencyKey: 'lin-acknowledges' }),
    await wang.data(WITHDRAW_FOR_EVER, { id: fees.id, reason: '有误' }, { idempotencyKey: 'wang-withdraws' }),
  );
  await harness.advance(HOUR);
  await harness.advance(HOUR);
  return answers;
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['停水通知', '体检', '东门屏'],
  others: [neighbour('residents', ['ResidentRegistered', 'ResidentMovedOut'])],
  prepare: moveEverybodyIn,
  sampleStory: tellNoticeStory,
};
