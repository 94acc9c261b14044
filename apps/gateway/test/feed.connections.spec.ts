import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PLATFORM } from '@weinao/plugins';
import { FeedListener } from '@weinao/testing';
import { GatewayFixture } from './gateway.fixture.ts';
import { BOARDS, MadeUpBoards } from './made-up.boards.ts';
import { communities } from './neighbourhood.ts';

let fixture: GatewayFixture;
let boards: MadeUpBoards;
const listeners: FeedListener[] = [];

beforeEach(async () => {
  fixture = new GatewayFixture({ heartbeatMs: 20, presenceMs: 20 });
  await fixture.startWith(communities);
  boards = new MadeUpBoards(fixture.bus);
  fixture.feed.append(PLATFORM, { type: 'PluginAnnounced', data: BOARDS });
  fixture.feed.found('osmanthus-court', ['boards']);
  while ((await fixture.send('/communities/osmanthus-court/schema.graphql')).status !== 200);
});

afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.close();
  await fixture.stop();
});

async function listen(board: string, lastEventId?: string): Promise<FeedListener> {
  const url = `${fixture.gateway.url}/communities/osmanthus-court/boards/${board}/feed`;
  const listener = await FeedListener.connect(url, { token: 'secret', lastEventId });
  listeners.push(listener);
  return listener;
}

describe('the connections of a feed', () => {
  it('live visibly, and the plugin is told whose they are', async () => {
    const [one] = [await listen('b-1'), await listen('b-2')];
    await one.heartbeats.until(4);
    await boards.seen.until(1);
    const last = boards.seen.items.at(-1)!;
    expect(last).toEqual({
      feed: 'boards/:board/feed',
      communityId: 'osmanthus-court',
      connections: [{ board: 'b-1' }, { board: 'b-2' }],
    });
    one.close();
    while (boards.seen.items.at(-1)!.connections.length > 1)
      await boards.seen.until(boards.seen.items.length + 1);
  });

  it('end when the plugin is turned off', async () => {
    const one = await listen('b-1');
    fixture.feed.disable('osmanthus-court', 'boards');
    await one.ended;
    await expect(listen('b-1')).rejects.toThrow('404');
  });

  it('end when a new version of the plugin is announced, which may tell other things', async () => {
    const one = await listen('b-1');
    fixture.feed.append(PLATFORM, { type: 'PluginAnnounced', data: structuredClone(BOARDS) });
    await one.ended;
    boards.write({ text: 'again' });
    expect(await (await listen('b-1')).until(1)).toEqual(['again']);
  });

  it('are cut where somebody does not read, and the others go on', async () => {
    const [slow, quick] = [await listen('b-1'), await listen('b-2')];
    slow.stall();
    const text = '黑板'.repeat(20_000);
    for (let n = 1; n <= 60; n++) {
      boards.write({ text });
      await quick.messages.until(n);
    }
    boards.write({ text: 'last' });
    expect((await quick.until(61)).at(-1)).toBe('last');
    while (boards.seen.items.at(-1)?.connections.length !== 1)
      await boards.seen.until(boards.seen.items.length + 1);
    expect(boards.seen.items.at(-1)!.connections).toEqual([{ board: 'b-2' }]);
  });

  it('do not keep the gateway from stopping, also while somebody does not read', async () => {
    const [one, slow] = [await listen('b-1'), await listen('b-2')];
    slow.stall();
    boards.write({ text: '黑板'.repeat(100_000) });
    await one.messages.until(1);
    await fixture.gateway.stop();
    await one.ended;
  });

  it('are opened some at a time when all come at once', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    boards.open = (call) => held.then(() => boards.openingOf(call));
    const connecting = Array.from({ length: 80 }, (_, n) => listen(`b-${n}`));
    while (boards.openings.length < 64) await new Promise(setImmediate);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(boards.openings).toHaveLength(64);
    release();
    boards.write({ text: 'for all' });
    for (const listener of await Promise.all(connecting))
      expect(await listener.until(1)).toEqual(['for all']);
  });

  it('begin again after the last one left', async () => {
    const one = await listen('b-1');
    one.close();
    boards.write({ text: 'unheard' });
    const two = await listen('b-1');
    boards.write({ text: 'heard' });
    expect(await two.until(2)).toEqual(['unheard', 'heard']);
  });
});
