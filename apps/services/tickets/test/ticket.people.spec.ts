import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPluginHarness, people } from '@weinao/testing';
import type { PluginHarness } from '@weinao/testing';
import type { Viewer } from '@weinao/plugins';
import { change, open, READ } from './ticket.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
});

afterAll(() => harness.close());

const by = (role: Viewer['roles'][number]): Viewer => ({
  id: `somebody-as-${role}`,
  roles: [role],
  communityId: 'osmanthus-court',
});

/** Whom a viewer sees on a ticket: who opened it, and behind each line of its history. */
async function seen(viewer: Viewer, id: string): Promise<{ openedBy: unknown; by: unknown[] }> {
  const { ticket } = await harness.as(viewer).data(READ, { id });
  return { openedBy: ticket.openedBy, by: ticket.history.map((line: { by: unknown }) => line.by) };
}

/** Lin opens, Zhao comments, Wang assigns to Chen, Chen starts, Lin comments. */
async function ticketOf(input: object): Promise<string> {
  const lin = harness.as(people.residentLin);
  const { id } = await open(lin, input);
  await change(harness.as(people.residentZhao), id, 'commentOnTicket', { text: '我家也是' });
  await change(harness.as(people.workerWang), id, 'assignTicket', { assigneeId: 'property-chen' });
  await change(harness.as(people.propertyChen), id, 'startTicket');
  await change(lin, id, 'commentOnTicket', { text: '谢谢' });
  return id;
}

const everybody = ['resident-lin', 'resident-zhao', 'worker-wang', 'property-chen', 'resident-lin'];

describe('the people of a repair', () => {
  let id: string;
  beforeAll(async () => {
    id = await ticketOf({});
  });

  it('are known to those who work on it', async () => {
    for (const role of ['admin', 'worker', 'property'] as const) {
      expect(await seen(by(role), id)).toEqual({ openedBy: 'resident-lin', by: everybody });
    }
  });

  it('are known to the opener as far as they are the opener, or who does the work', async () => {
    const own = ['resident-lin', null, null, 'property-chen', 'resident-lin'];
    expect(await seen(people.residentLin, id)).toEqual({ openedBy: 'resident-lin', by: own });
  });

  it('are not known to another resident, beside who does the work and oneself', async () => {
    expect(await seen(people.residentZhao, id)).toEqual({
      openedBy: null,
      by: [null, 'resident-zhao', null, 'property-chen', null],
    });
    expect(await seen(by('integrator'), id)).toEqual({
      openedBy: null,
      by: [null, null, null, 'property-chen', null],
    });
  });

  it('are hidden in the answer to a mutation too', async () => {
    const joined = await change(harness.as(people.residentZhao), id, 'joinTicket');
    expect(joined.openedBy).toBeNull();
    expect(JSON.stringify(joined)).not.toContain('resident-lin');
  });
});

describe('who gave an anonymous tip', () => {
  let id: string;
  beforeAll(async () => {
    id = await ticketOf({ kind: 'TIP', title: '有人高空抛物', anonymous: true });
  });

  const withoutLin = [null, 'resident-zhao', 'worker-wang', 'property-chen', null];

  it('is hidden from worker and property staff, who see everybody else', async () => {
    for (const role of ['worker', 'property'] as const) {
      expect(await seen(by(role), id)).toEqual({ openedBy: null, by: withoutLin });
    }
    expect((await seen(people.residentZhao, id)).openedBy).toBeNull();
  });

  it('is known to the admin, as long as the settings say nothing else', async () => {
    expect(await seen(by('admin'), id)).toEqual({ openedBy: 'resident-lin', by: everybody });
  });

  it('knows it', async () => {
    const own = ['resident-lin', null, null, 'property-chen', 'resident-lin'];
    expect(await seen(people.residentLin, id)).toEqual({ openedBy: 'resident-lin', by: own });
  });

  it('finds it among the own ones, where nobody else does', async () => {
    const mine = '{ tickets(filter: { mine: true, kind: TIP }) { totalCount } }';
    expect((await harness.as(people.residentLin).data(mine)).tickets.totalCount).toBe(1);
    expect((await harness.as(people.workerWang).data(mine)).tickets.totalCount).toBe(0);
  });

  it('is hidden even where the work was given to that very person', async () => {
    const chen = harness.as(people.propertyChen);
    const { id: own } = await open(chen, { kind: 'TIP', title: '有人私拉电线', anonymous: true });
    await change(harness.as(people.workerWang), own, 'assignTicket', { assigneeId: 'property-chen' });
    await change(chen, own, 'startTicket');
    expect(await seen(by('worker'), own)).toEqual({ openedBy: null, by: [null, 'worker-wang', null] });
    expect((await seen(people.propertyChen, own)).by).toEqual([
      'property-chen',
      'worker-wang',
      'property-chen',
    ]);
  });

  it('is known to the role that the settings name, and then no longer to the admin', async () => {
    await harness.configure('osmanthus-court', { anonymousVisibleTo: 'worker' });
    expect(await seen(by('worker'), id)).toEqual({ openedBy: 'resident-lin', by: everybody });
    expect(await seen(by('admin'), id)).toEqual({ openedBy: null, by: withoutLin });
    await harness.configure('osmanthus-court', {});
  });
});
