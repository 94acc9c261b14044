import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BusError } from '@weinao/events';
import { PLATFORM } from '@weinao/plugins';
import { FeedListener, Inbox } from '@weinao/testing';
import { GatewayFixture } from './gateway.fixture.ts';
import { BOARDS, MadeUpBoards } from './made-up.boards.ts';
import { communities } from './neighbourhood.ts';

let fixture: GatewayFixture;
let boards: MadeUpBoards;
const listeners: FeedListener[] = [];

beforeEach(async () => {
  fixture = new GatewayFixture();
  await fixture.startWith(communities);
  boards = new MadeUpBoards(fixture.bus);
  fixture.feed.append(PLATFORM, { type: 'PluginAnnounced', data: BOARDS });
  for (const id of ['osmanthus-court', 'willow-bank']) fixture.feed.found(id, ['boards']);
  while ((await fixture.send('/communities/willow-bank/schema.graphql')).status !== 200);
});

afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.close();
  await fixture.stop();
});

const feedOf = (board: string, community = 'osmanthus-court'): string =>
  `${fixture.gateway.url}/communities/${community}/boards/${board}/feed`;

async function listen(board: string, lastEventId?: string, community?: string): Promise<FeedListener> {
  const listener = await FeedListener.connect(feedOf(board, community), { token: 'secret', lastEventId });
  listeners.push(listener);
  return listener;
}

describe('who connects to a feed', () => {
  it('is told what is valid, and then what happens', async () => {
    boards.write({ text: '停水' });
    const one = await listen('b-1');
    expect(one.contentType).toBe('text/event-stream; charset=utf-8');
    expect(await one.until(1)).toEqual(['停水']);
    boards.write({ text: '来水' });
    expect(await one.until(2)).toEqual(['停水', '来水']);
    expect(one.messages.items[1]).toEqual({ id: '2', event: 'line', data: '"来水"' });
    expect(boards.openings).toMatchObject([
      { feed: 'boards/:board/feed', params: { board: 'b-1' }, token: 'secret', lastEventId: null },
    ]);
  });

  it('is told what was missed when it was away', async () => {
    for (const text of ['one', 'two', 'three']) boards.write({ text });
    expect(await (await listen('b-1', '1')).until(2)).toEqual(['two', 'three']);
    expect(await (await listen('b-1', 'a b')).until(3)).toEqual(['one', 'two', 'three']);
  });

  it('is refused as the plugin says', async () => {
    const body = '{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}';
    boards.open = () =>
      Promise.resolve({ refusal: { status: 401, contentType: 'application/json; charset=utf-8', body } });
    await expect(listen('b-1')).rejects.toThrow(`401 ${body}`);
    boards.open = (call) => Promise.resolve(boards.openingOf(call));
    boards.write({ text: 'later' });
    expect(await (await listen('b-1')).until(1)).toEqual(['later']);
  });

  it('is told each line once, whether it is written before, during or after the opening', async () => {
    const asked = new Inbox<() => void>();
    boards.open = async (call) => {
      const early = boards.openingOf(call); // what was valid when it was asked
      await new Promise<void>((resolve) => asked.take(resolve));
      return early;
    };
    boards.write({ text: 'before' });
    const connecting = listen('b-1');
    await asked.until(1);
    boards.write({ text: 'during' });
    await boards.tellings.until(1);
    asked.items[0]!();
    const one = await connecting;
    expect(await one.until(2)).toEqual(['before', 'during']);
    boards.open = async (call) => {
      boards.write({ text: 'while the rows are read' });
      await boards.tellings.until(2);
      return boards.openingOf(call);
    };
    const two = await listen('b-2');
    boards.write({ text: 'after' });
    const all = ['before', 'during', 'while the rows are read', 'after'];
    expect([await one.until(4), await two.until(4)]).toEqual([all, all]);
  });

  it('asks to be told nothing older than what the others were told already', async () => {
    await listen('b-1');
    boards.write({ text: 'one' });
    await boards.tellings.until(1);
    await listen('b-2');
    expect(boards.openings.map(({ position }) => position)).toEqual(['0', '1']);
  });
});

describe('what a feed tells', () => {
  it('is asked once, and sent to whom it concerns', async () => {
    const [one, two, other] = [
      await listen('b-1'),
      await listen('b-2'),
      await listen('b-3', undefined, 'willow-bank'),
    ];
    boards.write({ text: 'for one', board: 'b-1' });
    boards.write({ text: 'nobody is told' }, { type: 'LineRead' });
    boards.write({ text: 'elsewhere' }, { community: 'willow-bank' });
    boards.write({ text: 'for all' });
    expect([await one.until(2), await two.until(1), await other.until(1)]).toEqual([
      ['for one', 'for all'],
      ['for all'],
      ['elsewhere'],
    ]);
    expect(boards.tellings.items.map(({ event }) => event.position)).toEqual(['1', '3', '4']);
    expect(boards.tellings.items[0]!.event).toMatchObject({
      type: 'LineWritten',
      communityId: 'osmanthus-court',
      stream: 'board/osmanthus-court/all',
    });
  });

  it('comes though the bus lost it', async () => {
    const one = await listen('b-1');
    boards.write({ text: 'unheard' }, { heard: false });
    boards.write({ text: 'heard' });
    expect(await one.until(2)).toEqual(['unheard', 'heard']);
  });

  it('waits, in order, until the service can tell', async () => {
    const one = await listen('b-1');
    let tries = 0;
    boards.tell = (telling) => Promise.resolve(++tries < 3 ? {} : boards.toldOf(telling));
    boards.write({ text: 'one' });
    boards.write({ text: 'two' });
    expect(await one.until(2)).toEqual(['one', 'two']);
    expect(tries).toBe(4);
  });

  it('is not waited for where the plugin breaks on it: everybody connects anew', async () => {
    const one = await listen('b-1');
    boards.tell = () => Promise.reject(new BusError('REFUSED', 'planted'));
    boards.write({ text: 'bad' });
    await one.ended;
    expect(fixture.reports).toEqual(['boards/:board/feed of boards breaks on LineWritten at position 1']);
    boards.tell = (telling) => Promise.resolve(boards.toldOf(telling));
    const again = await listen('b-1', '0');
    boards.write({ text: 'good' });
    expect(await again.until(2)).toEqual(['bad', 'good']);
  });
});
