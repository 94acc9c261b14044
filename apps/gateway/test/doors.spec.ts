import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { InProcessBus } from '@weinao/events';
import { CommunityDirectory, PLATFORM } from '@weinao/plugins';
import type { DirectoryEntry, Viewer } from '@weinao/plugins';
import { Doors } from '../composition/doors.ts';
import type { DoorServer } from '../composition/door.server.ts';
import { SubgraphCaller } from '../composition/subgraph.caller.ts';
import { DirectoryFeed } from './directory.feed.ts';
import { MadeUpSubgraph } from './made-up.subgraph.ts';
import { alerts, communities, watches } from './neighbourhood.ts';

const viewer: Viewer = { id: 'wang', roles: ['worker'], communityId: null };

let bus: InProcessBus;
let directory: CommunityDirectory;
let doors: Doors;

/** Room for the schemas of two sets. */
beforeEach(async () => {
  bus = new InProcessBus(() => undefined);
  directory = new CommunityDirectory({ bus, report: () => undefined });
  const caller = new SubgraphCaller(bus, directory, () => undefined);
  doors = new Doors({ directory, caller, mostSets: 2, report: () => undefined });
  const feed = new DirectoryFeed(bus);
  for (const description of [communities, alerts, watches]) {
    const data = new MadeUpSubgraph(bus, description).announcement;
    feed.append(PLATFORM, { type: 'PluginAnnounced', data });
  }
  feed.found('osmanthus-court', ['alerts']);
  feed.found('magnolia-court', ['alerts']);
  feed.found('willow-bank', ['watches']);
  feed.found('maple-street', ['alerts', 'watches']);
  directory.start();
  await directory.ready;
});

afterEach(async () => {
  await doors.stop();
  await directory.stop();
  await bus.close();
});

const of = (community: string): DirectoryEntry => directory.community(community)!;

const ask = async (door: DoorServer): Promise<unknown> => {
  const request = { door: 'community', communityId: 'osmanthus-court', viewer, correlationId: 'a' } as const;
  const { body } = await door.answer({ query: '{ alerts { id } }' }, 'application/json', request);
  return JSON.parse(body);
};

it('communities with the same plugins share one schema', async () => {
  const [one, other] = [
    await doors.ofCommunity(of('osmanthus-court')),
    await doors.ofCommunity(of('magnolia-court')),
  ];
  expect(other).toBe(one);
  expect(await doors.ofCommunity(of('willow-bank'))).not.toBe(one);
});

it('a schema that had to make room still answers who has it, and is composed again for the next', async () => {
  const begun = await doors.ofCommunity(of('osmanthus-court'));
  await doors.ofCommunity(of('willow-bank'));
  await doors.ofCommunity(of('maple-street'));
  await new Promise(setImmediate);
  expect(await ask(begun)).toEqual({ data: { alerts: [{ id: 'a-1' }] } });
  const anew = await doors.ofCommunity(of('osmanthus-court'));
  expect(anew).not.toBe(begun);
  expect(await ask(anew)).toEqual({ data: { alerts: [{ id: 'a-1' }] } });
});
