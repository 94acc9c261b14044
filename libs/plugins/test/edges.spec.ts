import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HarnessMachine, openPluginHarness, OSMANTHUS_COURT, WILLOW_BANK } from '@weinao/testing';
import type { PluginHarness } from '@weinao/testing';
import { boards } from './boards/plugin.ts';
import { seen } from './boards/machines.ts';
import { definePlugin, edgeSubjects } from '../index.ts';
import type { FeedOpening, FeedTelling, HttpEdge } from '../index.ts';

const WRITE = 'POST boards/:board/lines';
const READ = 'GET boards/:board/lines';
const FEED = 'boards/:board/feed';
const PLAIN = { contentType: 'text/plain; charset=utf-8' };

let harness: PluginHarness;
let machine: HarnessMachine;

beforeEach(async () => {
  harness = await openPluginHarness(boards);
  machine = new HarnessMachine(harness, 'b-1 secret');
});

afterEach(() => harness.close());

const write = (body: string, more: object = {}, from = machine, board = 'b-1') =>
  from.call(WRITE, { board }, { ...PLAIN, body, ...more });

const refusal = async (answer: ReturnType<HarnessMachine['call']>): Promise<unknown[]> => {
  const { status, json } = await answer;
  return [status, json.errors[0].extensions.code];
};

describe('an edge', () => {
  it('does what a machine asks, in the name of the machine, and answers', async () => {
    expect(await write('停水通知')).toEqual({ status: 201, json: { lines: 1 } });
    expect(await machine.call(READ, { board: 'b-1' })).toEqual({
      status: 200,
      json: { texts: ['停水通知'] },
    });
    expect((await machine.call(READ, { board: 'b-1' }, { query: { as: 'text' } })).json).toEqual([
      '停水通知',
    ]);
    expect((await harness.events())[0]).toMatchObject({ data: { by: 'board:b-1' } });
  });

  it('gives the first answer again to the same Idempotency-Key', async () => {
    const key = { idempotencyKey: 'line-1' };
    expect([await write('one', key), await write('two'), await write('one', key)]).toEqual([
      { status: 201, json: { lines: 1 } },
      { status: 201, json: { lines: 2 } },
      { status: 201, json: { lines: 1 } },
    ]);
    expect(await refusal(write('another', key))).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('refuses by code, with a status that fits', async () => {
    expect(await refusal(write('text', {}, new HarnessMachine(harness, null)))).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
    expect(await refusal(write('text', { contentType: 'application/json' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await write('')).toEqual({
      status: 400,
      json: {
        errors: [
          {
            message: 'A line has at least one character.',
            extensions: {
              code: 'BAD_USER_INPUT',
              problems: [{ path: 'text', rule: 'minLength', message: 'A line has at least one character.' }],
            },
          },
        ],
      },
    });
    for (const text of ['one', 'two', 'three']) await write(text);
    expect(await refusal(write('four'))).toEqual([409, 'BOARD_FULL']);
  });

  it('is not there where the plugin is off, or by another name', async () => {
    const away = new HarnessMachine(harness, 'b-1 secret', WILLOW_BANK);
    expect(await refusal(write('text', {}, away))).toEqual([404, 'PLUGIN_NOT_ENABLED']);
    expect(await refusal(machine.call('POST boards', {}))).toEqual([404, 'NOT_FOUND']);
  });

  it('keeps to itself what nobody foresaw, and reports it', async () => {
    const { status, json } = await write('nobody foresaw this');
    expect([status, json.errors[0].extensions.code]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(json)).not.toContain('planted');
    expect(harness.takeReports().join()).toContain(json.errors[0].extensions.incident);
  });
});

describe('a feed', () => {
  it('tells who connects what is valid, at the position that it says', async () => {
    await write('one');
    await write('two');
    const opened = await machine.connect(FEED, { board: 'b-1' });
    expect(opened).toMatchObject({
      opening: { channels: ['b-1'], messages: [{ data: '"one"' }, { data: '"two"' }] },
    });
    const { position, messages } = (opened as { opening: FeedOpening }).opening;
    expect(Number(position)).toBeGreaterThanOrEqual(Number(messages.at(-1)!.id));
    expect(await machine.connect(FEED, { board: 'b-1' }, '1')).toMatchObject({
      opening: { messages: [{ data: '"two"' }] },
    });
  });

  it('refuses as an edge does', async () => {
    expect(await new HarnessMachine(harness, 'b-2 secret').connect(FEED, { board: 'b-1' })).toMatchObject({
      refusal: { status: 401, contentType: 'application/json; charset=utf-8' },
    });
  });

  it('says what an event means when the read models show it', async () => {
    await write('one');
    const [event] = await harness.events();
    const { bus } = harness;
    const tell = async (position: string): Promise<unknown> => {
      const told = { id: 'any', type: 'LineWritten', at: '2026-03-02T08:00:00.000Z', data: event!.data };
      const stream = `board/${OSMANTHUS_COURT}/b-1`;
      const telling: FeedTelling = {
        feed: FEED,
        event: { ...told, stream, position, communityId: OSMANTHUS_COURT },
      };
      const subject = edgeSubjects.tell('boards');
      return JSON.parse(await bus.request(subject, JSON.stringify(telling), { timeoutMs: 10_000 }));
    };
    expect(await tell('1')).toEqual({
      messages: [{ id: '1', event: 'line', data: '"one"', channels: ['b-1'] }],
    });
    expect(await tell('99')).toEqual({});
  });

  it('hears who is connected, in every replica', async () => {
    seen.length = 0;
    const presence = { feed: FEED, communityId: OSMANTHUS_COURT, connections: [{ board: 'b-1' }] };
    harness.bus.publish(edgeSubjects.seen('boards'), JSON.stringify(presence));
    while (seen.length === 0) await new Promise(setImmediate);
    expect(seen).toEqual([[{ board: 'b-1' }]]);
  });
});

describe('a reaction that looks something up', () => {
  it('sees the event that it reacts to', async () => {
    for (const text of ['one', 'two', 'three']) await write(text);
    await harness.quiet();
    const counted = (await harness.events()).filter(({ type }) => type === 'LinesCounted');
    const lines = counted.map(({ data }) => (data as { lines: number }).lines);
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toBe(3);
    for (const [index, count] of lines.entries()) expect(count).toBeGreaterThan(index);
  });
});

describe('a plugin says at its start what is wrong with its addresses', () => {
  const edge = (more: Partial<HttpEdge>): HttpEdge => ({ ...boards.edges![0]!, ...more });

  it.each([
    ['an empty part', [edge({ path: 'boards//lines' })], 'is no path of an edge'],
    ['a parameter first', [edge({ path: ':board/lines' })], 'is no path of an edge'],
    ['the address of GraphQL', [edge({ path: 'graphql' })], 'is no path of an edge'],
    ['an address twice', [edge({}), edge({ path: 'boards/:other/lines' })], 'answer POST boards/:/lines'],
    ['a body that no message holds', [edge({ mostBytes: 300_000 })], 'takes more than 262144 bytes'],
  ])('%s', (_what, edges, message) => {
    expect(() => definePlugin({ ...boards, edges })).toThrow(message);
  });

  it('an edge and a feed at one address, and a feed of what is not published', () => {
    const [feed] = boards.feeds!;
    const feeds = [{ ...feed!, path: 'boards/:any/lines' }];
    expect(() => definePlugin({ ...boards, feeds })).toThrow('Two edges or feeds answer GET boards/:/lines');
    expect(() => definePlugin({ ...boards, feeds: [{ ...feed!, follows: ['LineWiped'] }] })).toThrow(
      'LineWiped is told by a feed, but the manifest does not publish it',
    );
  });
});
