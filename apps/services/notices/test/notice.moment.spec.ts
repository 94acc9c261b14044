import { describe, expect, it } from '@jest/globals';
import { neighbour, openPluginHarness, OSMANTHUS_COURT, people } from '@weinao/testing';
import type { HarnessViewer, PluginHarness, StoredEvent } from '@weinao/testing';
import { ACKNOWLEDGE, moveIn, moveOut, publish, READ, SIZE } from './notice.documents.ts';
import { plugin } from '../plugin.ts';

const AUDIENCE = { buildings: ['3号楼'] };
const ROUNDS = 8;

/** Who lived in the audience's building when so many events had happened. */
function livingThere(events: readonly StoredEvent[], position: number): string[] {
  const there = new Set<string>();
  for (const { type, stream, data } of events.slice(0, position)) {
    const id = stream.split('/')[2]!;
    if (type === 'AddresseeLeft') there.delete(id);
    if (type !== 'AddresseeNoted') continue;
    if ((data as { building: string }).building === '3号楼') there.add(id);
    else there.delete(id);
  }
  return [...there].sort();
}

async function movePeople(harness: PluginHarness): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await moveIn(harness, `r-${round}`, { building: round % 3 === 0 ? '5号楼' : '3号楼' });
    if (round % 2 === 1) await moveOut(harness, `r-${round - 1}`);
  }
}

async function publishOften(wang: HarnessViewer): Promise<string[]> {
  const ids: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await wang.data(SIZE, { audience: AUDIENCE });
    ids.push((await publish(wang, { audience: AUDIENCE })).id as string);
  }
  return ids;
}

describe('a notice that is published while people move in and out', () => {
  it('reaches exactly those who lived there at the moment that it records', async () => {
    const others = [neighbour('residents', ['ResidentRegistered', 'ResidentMovedOut'])];
    const harness = await openPluginHarness(plugin, { others });
    const wang = harness.as(people.workerWang);
    await moveIn(harness, 'zhao', { building: '3号楼' });
    const [ids] = await Promise.all([publishOften(wang), movePeople(harness)]);
    const events = await harness.events();
    const moments = new Set<string>();
    for (const id of ids) {
      const published = events.find(({ type, stream }) => type === 'NoticePublished' && stream.endsWith(id))!;
      const { asOf, addressed } = published.data as { asOf: string; addressed: number };
      const expected = livingThere(events, Number(asOf));
      const { reach } = (await wang.data(READ, { id })).notice;
      expect([addressed, reach.unacknowledged]).toEqual([expected.length, expected]);
      moments.add(expected.join());
    }
    expect(moments.size).toBeGreaterThan(1);
    await harness.close();
  });
});

describe('a community that keeps no residents', () => {
  it('has notices for everybody: any resident acknowledges, and the reach says who did', async () => {
    const harness = await openPluginHarness(plugin);
    const [wang, lin] = [harness.as(people.workerWang), harness.as(people.residentLin)];
    expect((await wang.data(SIZE, { audience: AUDIENCE })).audienceSize).toBe(0);
    const { id } = await publish(wang, { audience: { ...AUDIENCE, minAge: 60 } });
    await lin.data(ACKNOWLEDGE, { id });
    expect((await lin.data(READ, { id })).notice.reach).toEqual({
      addressed: 0,
      acknowledged: 1,
      unacknowledged: [],
    });
    await harness.close();
  });
});

describe('a community that turns notices on long after people moved in', () => {
  it('addresses them all the same', async () => {
    const others = [neighbour('residents', ['ResidentRegistered', 'ResidentMovedOut'])];
    const harness = await openPluginHarness(plugin, { others, enabledIn: [] });
    const wang = harness.as(people.workerWang);
    for (const id of ['zhao', 'sun']) await moveIn(harness, id, { building: '3号楼' });
    await moveOut(harness, 'sun');
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    expect((await wang.data(SIZE, { audience: AUDIENCE })).audienceSize).toBe(1);
    await harness.close();
  });
});
