import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FeedListener } from '@weinao/testing';
import { ALL, LiveFixture } from './live.fixture.ts';
import { RawSocket } from './web-socket.fixture.ts';
import { WEB_SOCKET_TIMES } from '../live/web-socket.server.ts';

const fixture = new LiveFixture();
const { happen, subscribe } = fixture;
let witness: FeedListener;

beforeEach(() => start());
afterEach(() => fixture.stop());

async function start(options: Parameters<typeof fixture.start>[0] = {}): Promise<void> {
  await fixture.start(options);
  witness = await subscribe(ALL, { subject: 'witness' });
}

async function startAnew(options: Parameters<typeof fixture.start>[0]): Promise<void> {
  await fixture.stop();
  await start(options);
}

/** Whatever somebody did, others are told as ever. */
async function nobodyIsHarmed(): Promise<void> {
  happen('after');
  await witness.until(1);
  expect(fixture.platform.reports).toEqual([]);
}

const member = async (): Promise<RawSocket> => {
  const socket = await RawSocket.connect(fixture.url());
  await socket.begin(await fixture.token());
  return socket;
};

const init = { type: 'connection_init', payload: {} };

describe('a hostile message', () => {
  it.each<[string, object | string | Buffer, number]>([
    ['is not JSON', '{', 4400],
    ['is nothing', '', 4400],
    ['is null', 'null', 4400],
    ['is a list', '[]', 4400],
    ['is binary', Buffer.from(JSON.stringify(init)), 4400],
    ['is of an unknown type', { type: 'hello' }, 4400],
    ['is of a type that servers say', { type: 'connection_ack' }, 4400],
    ['is a result', { type: 'next', id: '1', payload: { data: {} } }, 4400],
    ['subscribes without an id', { type: 'subscribe', payload: { query: ALL } }, 4400],
    ['subscribes without a query', { type: 'subscribe', id: '1', payload: {} }, 4400],
    ['subscribes with a long id', { type: 'subscribe', id: 'x'.repeat(101), payload: { query: ALL } }, 4400],
    ['begins once more', init, 4429],
    ['is too large', 'x'.repeat(131_073), 1009],
  ])('closes the connection, where it %s', async (_case, message, code) => {
    const socket = await member();
    socket.say(message);
    expect((await socket.closed).code).toBe(code);
    await nobodyIsHarmed();
  });

  it('closes the connection, where its id is in use', async () => {
    const socket = await member();
    socket.subscribe('1', ALL);
    socket.subscribe('1', ALL);
    expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
    await nobodyIsHarmed();
  });

  it('is answered as any other, where it is merely odd', async () => {
    const socket = await member();
    socket.say({ type: 'ping', payload: { at: 1 } });
    socket.say({ type: 'pong' });
    socket.say({ type: 'complete', id: 'nobody' });
    socket.subscribe('__proto__', '{ me { id } }');
    const [, pong, next] = await socket.said.until(4);
    expect([pong, next]).toMatchObject([{ type: 'pong', payload: { at: 1 } }, { id: '__proto__' }]);
    socket.socket.close();
    await nobodyIsHarmed();
  });

  it('opens no more than 100 operations, and closes nothing', async () => {
    const socket = await member();
    for (let count = 0; count <= 100; count++) socket.subscribe(String(count), ALL);
    const [, refused] = await socket.said.until(2);
    expect(refused).toMatchObject({
      id: '100',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    socket.say({ type: 'complete', id: '0' });
    socket.subscribe('101', '{ me { id } }');
    const [, , answer] = await socket.said.until(3);
    expect(answer).toMatchObject({ id: '101', type: 'next' });
    socket.socket.close();
    await nobodyIsHarmed();
  });
});

describe('who does not say who they are', () => {
  const closeOf = async (payload?: object): Promise<unknown> => {
    const socket = await RawSocket.connect(fixture.url());
    socket.say({ type: 'connection_init', payload });
    return socket.closed;
  };

  it('is closed with the reason', async () => {
    const elsewhere = await fixture.token({ community: 'willow-bank' });
    const expired = await fixture.token({ lifetime: '-1s' });
    expect(await closeOf()).toMatchObject({ code: 4403, reason: expect.stringContaining('Send a token') });
    expect(await closeOf({ authorization: 1 })).toMatchObject({ code: 4403 });
    expect(await closeOf({ authorization: 'Bearer a.b.c' })).toMatchObject({ code: 4403 });
    expect(await closeOf({ authorization: `Bearer ${expired}` })).toMatchObject({ code: 4403 });
    expect(await closeOf({ authorization: `Bearer ${elsewhere}` })).toMatchObject({
      code: 4403,
      reason: 'This token is not one of the community osmanthus-court.',
    });
    await nobodyIsHarmed();
  });

  it('cannot subscribe before', async () => {
    const socket = await RawSocket.connect(fixture.url());
    socket.subscribe('1', ALL);
    expect((await socket.closed).code).toBe(4401);
    await nobodyIsHarmed();
  });

  it('is not waited for', async () => {
    await startAnew({ webSocketTimes: { ...WEB_SOCKET_TIMES, initMs: 50 } });
    const socket = await RawSocket.connect(fixture.url());
    expect((await socket.closed).code).toBe(4408);
    await nobodyIsHarmed();
  });

  it('need not say it again, where the handshake has said it', async () => {
    const headers = { authorization: `Bearer ${await fixture.token()}` };
    const socket = await RawSocket.connect(fixture.url(), { headers });
    socket.say({ type: 'connection_init' });
    await socket.said.until(1);
    socket.subscribe('1', '{ me { id } }');
    const [, next] = await socket.said.until(2);
    expect(next).toMatchObject({ payload: { data: { me: { id: 'wang' } } } });
    socket.socket.close();
  });
});

describe('a handshake', () => {
  it('is refused in coded JSON', async () => {
    const refused = (url: string, headers = {}, protocols?: string[]): Promise<unknown> =>
      RawSocket.connect(url, { headers }, protocols).catch((error: Error) => error.message);
    const { url } = fixture.platform.gateway;
    const here = fixture.url();
    const elsewhere = { authorization: `Bearer ${await fixture.token({ community: 'willow-bank' })}` };
    expect(await refused(`${url}/graphql`)).toMatch(/^404 .*"code":"NOT_FOUND"/);
    expect(await refused(`${url}/communities/nowhere/graphql`)).toMatch(/^404 .*"code":"NOT_FOUND"/);
    expect(await refused(`${here}/more`)).toMatch(/^404 .*"code":"NOT_FOUND"/);
    expect(await refused(here, {}, [])).toMatch(/^400 .*graphql-transport-ws.*"code":"BAD_REQUEST"/);
    expect(await refused(here, {}, ['graphql-ws'])).toMatch(/^400 .*"code":"BAD_REQUEST"/);
    expect(await refused(here, { authorization: 'Bearer a.b.c' })).toMatch(/^401 .*"code":"UNAUTHENTICATED"/);
    expect(await refused(here, elsewhere)).toMatch(/^403 .*"code":"FORBIDDEN"/);
    const noKey = { upgrade: 'websocket', 'sec-websocket-protocol': 'graphql-transport-ws' };
    expect(await answerTo(noKey)).toMatch(/^400 .*"code":"BAD_REQUEST"/);
    await nobodyIsHarmed();
  });

  it('for any other protocol is no handshake, but a plain request', async () => {
    expect(await answerTo({ upgrade: 'h2c' })).toMatch(/^401 .*UNAUTHENTICATED/);
  });

  async function answerTo(more: Record<string, string>): Promise<string> {
    const headers = { connection: 'Upgrade', 'content-type': 'application/json', ...more };
    const asked = request(fixture.url(), { method: 'POST', headers, agent: false });
    asked.end('{"query":"{ me { id } }"}');
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return `${answer.statusCode} ${await text(answer)}`;
  }
});

describe('who hangs', () => {
  it('is cut when they do not answer to a ping', async () => {
    await startAnew({ webSocketTimes: { ...WEB_SOCKET_TIMES, pingMs: 50 } });
    const socket = await RawSocket.connect(fixture.url(), { autoPong: false });
    expect((await socket.closed).code).toBe(1006);
    await nobodyIsHarmed();
  });

  it('is cut with more than 1 MB unread', async () => {
    await startAnew({ mostSubscriptions: 1 });
    const title = '烟'.repeat(100_000);
    fixture.service.answerWith({ incident: ({ id }) => ({ id, title }) });
    const socket = await member();
    socket.subscribe('1', ALL);
    socket.say({ type: 'subscribe', id: '2', payload: { query: '{ me { id } }' } });
    await socket.said.until(2);
    socket.socket.pause();
    for (let count = 1; await isSubscribed(); count++) {
      happen('a');
      await witness.until(count);
    }
    socket.socket.resume();
    expect((await socket.closed).code).toBe(1006);
  });

  const isSubscribed = async (): Promise<boolean> =>
    subscribe('subscription { shoes }').then(
      () => false,
      (error: Error) => error.message.startsWith('429'),
    );
});
