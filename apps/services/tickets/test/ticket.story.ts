import { people } from '@weinao/testing/conformance';
import type { PluginHarness, PluginStory } from '@weinao/testing/conformance';
import { change, IMPORT, open } from './ticket.documents.ts';
import { plugin } from '../plugin.ts';

/** The lamp of building 3, from the report to five stars; a tip that hides its giver; and a ticket of the old system. */
async function tellTicketStory(harness: PluginHarness): Promise<unknown[]> {
  const [lin, zhao] = [harness.as(people.residentLin), harness.as(people.residentZhao)];
  const [wang, chen] = [harness.as(people.workerWang), harness.as(people.propertyChen)];
  const answers: Record<string, unknown>[] = [];

  const lamp = await open(lin, {}, 'lin-opens');
  answers.push(lamp);
  const tell = async (...args: Parameters<typeof change>): Promise<void> => {
    harness.clock.advance(60_000);
    answers.push(await change(...args));
  };
  await tell(zhao, lamp.id, 'joinTicket', {}, 'zhao-joins');
  await tell(wang, lamp.id, 'assignTicket', { assigneeId: people.propertyChen.id }, 'wang-assigns');
  await tell(chen, lamp.id, 'startTicket', {}, 'chen-starts');
  await tell(chen, lamp.id, 'commentOnTicket', { text: '灯管明天到货' }, 'chen-comments');
  await tell(chen, lamp.id, 'resolveTicket', { resolution: '已更换灯管' }, 'chen-resolves');
  await tell(zhao, lamp.id, 'reopenTicket', { reason: '又不亮了' }, 'zhao-reopens');
  await tell(chen, lamp.id, 'resolveTicket', { resolution: '已更换整流器' }, 'chen-resolves-again');
  await tell(lin, lamp.id, 'rateTicket', { stars: 5, comment: '谢谢师傅' }, 'lin-rates');

  const tip = await open(zhao, { kind: 'TIP', title: '有人高空抛物', anonymous: true }, 'zhao-tips');
  answers.push(tip);
  await tell(wang, tip.id, 'cancelTicket', { reason: '与另一条重复' }, 'wang-cancels');

  const row = {
    externalId: 'OLD-1',
    kind: 'REPAIR',
    category: '管道',
    title: '地下室渗水',
    status: 'CLOSED',
    openedAt: '2025-07-01T08:00:00Z',
    endedAt: '2025-07-03T08:00:00Z',
  };
  answers.push(await imported(harness, row));
  return answers;
}

/** Without its counts: a row that comes again is told apart, and must be. */
async function imported(harness: PluginHarness, row: object): Promise<Record<string, unknown>> {
  const { importTickets } = await harness
    .as(people.adminSun)
    .data(IMPORT, { source: 'old-system', rows: [row] });
  return { problems: importTickets.problems };
}

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['3号楼楼道灯坏了', '已更换整流器', '有人高空抛物', '地下室渗水', 'resident-lin', '灯管明天到货'],
  sampleStory: tellTicketStory,
};
