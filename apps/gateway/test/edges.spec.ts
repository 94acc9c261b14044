import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PLATFORM } from '@weinao/plugins';
import { GatewayFixture } from './gateway.fixture.ts';
import { BOARDS, MadeUpBoards } from './made-up.boards.ts';
import { communities } from './neighbourhood.ts';

const LINES = '/communities/osmanthus-court/boards/b-1/lines';

let fixture: GatewayFixture;
let boards: MadeUpBoards;

beforeEach(async () => {
  fixture = new GatewayFixture();
  await fixture.startWith(communities);
  boards = new MadeUpBoards(fixture.bus);
  fixture.feed.append(PLATFORM, { type: 'PluginAnnounced', data: BOARDS });
  fixture.feed.found('osmanthus-court', ['boards']);
  fixture.feed.found('willow-bank', []);
  while ((await fixture.send('/communities/willow-bank/schema.graphql')).status !== 200);
});

afterEach(() => fixture.stop());

const post = (path: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
  fixture.send(path, { method: 'POST', body, headers, duplex: 'half' });

describe('an edge of a plugin', () => {
  it('is told who and what, and its answer is passed on', async () => {
    boards.answer = () => ({
      ...{ status: 201, contentType: 'application/json; charset=utf-8', body: '{"line":1}' },
      headers: { location: 'lines/1' },
    });
    const headers = {
      ...{ authorization: 'Bearer secret/+=', 'content-type': 'text/plain', 'x-request-id': 'board.1' },
      'idempotency-key': 'key-1',
    };
    const answered = await post(`${LINES}?colour=red&colour=blue`, '停水通知', headers);
    expect(answered).toMatchObject({ status: 201, json: { line: 1 } });
    expect(boards.calls).toEqual([
      {
        edge: 'POST boards/:board/lines',
        communityId: 'osmanthus-court',
        params: { board: 'b-1' },
        query: { colour: 'blue' },
        token: 'secret/+=',
        contentType: 'text/plain',
        body: '停水通知',
        correlationId: 'board.1',
        idempotencyKey: 'key-1',
        directoryPosition: fixture.feed.position,
      },
    ]);
    await fixture.send(LINES);
    expect(boards.calls[1]).toMatchObject({ edge: 'GET boards/:board/lines', token: null, body: '' });
  });

  it('takes bodies of any type, and none', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'application/cbor'])
      expect((await post(LINES, '{', { 'content-type': type })).status).toBe(202);
    expect((await fixture.send(LINES, { method: 'POST' })).status).toBe(202);
    expect(boards.calls.map(({ body }) => body)).toEqual(['{', '{', '{', '']);
  });

  it('takes every id that somebody may give to a thing', async () => {
    for (const board of ['B_1', '0x00158d0001a2b3c4', 'Shed.East-2', 'b'.repeat(64)]) {
      await fixture.send(`/communities/osmanthus-court/boards/${board}/lines`);
      expect(boards.calls.at(-1)?.params).toEqual({ board });
    }
  });

  it('is not there with another method, an id that is none, or where it is off', async () => {
    for (const path of [
      `${LINES}/`,
      '/communities/osmanthus-court/boards/lines',
      '/communities/osmanthus-court/boards/_b/lines',
      '/communities/osmanthus-court/boards/b%20c/lines',
      '/communities/osmanthus-court/boards/..%2fb/lines',
      '/communities/osmanthus-court/boards/%2e%2e%2f/lines',
      `/communities/osmanthus-court/boards/${'b'.repeat(65)}/lines`,
      '/communities/willow-bank/boards/b-1/lines',
      '/communities/nowhere/boards/b-1/lines',
    ]) {
      const { status, json } = await fixture.send(path);
      expect([path, status, json.errors[0].extensions.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await fixture.send(LINES, { method })).status).toBe(404);
    expect(boards.calls).toEqual([]);
    fixture.feed.disable('osmanthus-court', 'boards');
    while ((await fixture.send(LINES)).status !== 404);
  });

  it('takes no body that is too large, whether its length is told or not', async () => {
    for (const body of ['桂'.repeat(34), 'a'.repeat(300_000), new Blob(['a'.repeat(300_000)]).stream()]) {
      const { status, json } = await post(LINES, body);
      expect([status, json.errors[0].extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
    expect(boards.calls).toEqual([]);
    expect((await post(LINES, `${'桂'.repeat(33)}.`)).status).toBe(202);
  });

  it('is unavailable while its service does not run', async () => {
    fixture.feed.append(PLATFORM, {
      type: 'PluginAnnounced',
      data: { ...BOARDS, manifest: { ...BOARDS.manifest, id: 'signs' }, feeds: [], edges: signEdges },
    });
    fixture.feed.enable('osmanthus-court', 'signs');
    const path = '/communities/osmanthus-court/signs';
    let answer = await fixture.send(path);
    while (answer.status === 404) answer = await fixture.send(path);
    expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([503, 'PLUGIN_UNAVAILABLE']);
    expect(fixture.reports).toEqual(['signs did not answer']);
  });
});

const signEdges = [{ method: 'GET', path: 'signs', mostBytes: 0 }] as const;
