import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { GatewayFixture } from './gateway.fixture.ts';
import type { Answer } from './gateway.fixture.ts';
import { communities } from './neighbourhood.ts';

const ME = JSON.stringify({ query: '{ me { id } }' });
const DOORS = ['/graphql', '/communities/osmanthus-court/graphql'];
const DOOR = DOORS[1]!;

const fixture = new GatewayFixture();
let headers: Record<string, string>;

beforeAll(async () => {
  await fixture.startWith(communities);
  fixture.feed.found('osmanthus-court', []);
  headers = { authorization: `Bearer ${await fixture.token('operator', null)}` };
});

afterAll(() => fixture.stop());

function expectCoded({ status, contentType, json, text }: Answer, wanted: number, code: string): void {
  expect({ status, contentType, errors: json?.errors }).toEqual({
    status: wanted,
    contentType: expect.stringMatching(/^application\/json\b/),
    errors: [{ message: expect.any(String), extensions: expect.objectContaining({ code }) }],
  });
  expect(text).not.toMatch(/<html|\s+at .*\.[tj]s|node_modules|stacktrace/i);
}

describe('whatever a caller gets wrong, the answer is coded JSON', () => {
  it.each(DOORS)('%s: a body that is no JSON, no object, no query, or empty', async (door) => {
    for (const body of ['{"query":', '', 'query { me { id } }', '{"query": "{ me { id } }"} trailing'])
      expectCoded(await fixture.post(door, body, headers), 400, 'BAD_REQUEST');
    for (const body of [
      'null',
      '[]',
      '"text"',
      '7',
      '{}',
      '{"query":7}',
      '{"query":""}',
      '[{"query":"{ __typename }"}]',
    ])
      expectCoded(await fixture.post(door, body, headers), 400, 'BAD_REQUEST');
  });

  it('variables that are no object', async () => {
    for (const variables of ['"text"', '[1]', '7'])
      expectCoded(
        await fixture.post(DOOR, `{"query":"{ me { id } }","variables":${variables}}`, headers),
        400,
        'BAD_REQUEST',
      );
  });

  it('a document that does not parse, or asks for what is not there', async () => {
    const ask = (query: string): Promise<Answer> => fixture.post(DOOR, JSON.stringify({ query }), headers);
    expectCoded(await ask('{ me {'), 400, 'GRAPHQL_PARSE_FAILED');
    expectCoded(await ask('{ nothing }'), 400, 'GRAPHQL_VALIDATION_FAILED');
    expectCoded(await ask('{ _service { sdl } }'), 400, 'GRAPHQL_VALIDATION_FAILED');
    expectCoded(await ask('mutation { anything }'), 400, 'GRAPHQL_VALIDATION_FAILED');
  });

  it.each(DOORS)('%s: a body of another type', async (door) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/graphql', 'nonsense'])
      expectCoded(
        await fixture.post(door, ME, { ...headers, 'content-type': type }),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
  });

  it.each(DOORS)('%s: no body and no content type', async (door) => {
    const { status, json } = await fixture.send(door, { method: 'POST', headers });
    expect({ status, code: json.errors[0].extensions.code }).toEqual({ status: 400, code: 'BAD_REQUEST' });
  });

  it.each(DOORS)('%s: a body above the limit, whether its length is told or not', async (door) => {
    const body = JSON.stringify({ query: `{ me { id } } # ${'桂'.repeat(50_000)}` });
    expectCoded(await fixture.post(door, body, headers), 413, 'PAYLOAD_TOO_LARGE');
    const stream = new Blob([body]).stream();
    const request = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { ...headers, 'content-type': 'application/json' },
    };
    expectCoded(await fixture.send(door, request as RequestInit), 413, 'PAYLOAD_TOO_LARGE');
  });

  it.each(DOORS)('%s: another method', async (door) => {
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH'])
      expectCoded(await fixture.send(door, { method, headers }), 404, 'NOT_FOUND');
    expectCoded(await fixture.send(`${door}?query=%7Bme%7Bid%7D%7D`, { headers }), 404, 'NOT_FOUND');
  });

  it('an address where nothing is', async () => {
    for (const path of [
      '/',
      '/nothing',
      '/communities',
      '/communities/osmanthus-court',
      '/graphql/',
      '/%2e%2e/%2e%2e/etc/passwd',
    ])
      expectCoded(await fixture.send(path), 404, 'NOT_FOUND');
  });

  it('an address that cannot be decoded', async () => {
    expectCoded(await fixture.post('/communities/%ZZ/graphql', ME, headers), 400, 'BAD_REQUEST');
  });

  it('the id of a community that is longer than any can be, and headers without end', async () => {
    expectCoded(await fixture.post(`/communities/${'a'.repeat(101)}/graphql`, ME, headers), 404, 'NOT_FOUND');
    const endless = { ...headers, 'x-request-id': 'a'.repeat(20_000) };
    expectCoded(await fixture.post(DOOR, ME, endless), 431, 'HEADERS_TOO_LARGE');
  });

  it('an Idempotency-Key that is too long, or not of visible ASCII', async () => {
    for (const key of ['k'.repeat(201), 'two words', 'ключ'.replaceAll(/./g, 'é'), ''])
      expectCoded(
        await fixture.post(DOOR, ME, { ...headers, 'idempotency-key': key }),
        400,
        'BAD_USER_INPUT',
      );
    expect((await fixture.post(DOOR, ME, { ...headers, 'idempotency-key': 'k'.repeat(200) })).status).toBe(
      200,
    );
  });

  it('what is not even HTTP', async () => {
    const socket = connect(Number(new URL(fixture.gateway.url).port), '127.0.0.1');
    socket.end('NONSENSE\r\n\r\n');
    const answer = await textOf(socket);
    expect(answer).toContain('400 Bad Request');
    expect(JSON.parse(answer.slice(answer.indexOf('{'))).errors[0].extensions).toEqual({
      code: 'BAD_REQUEST',
    });
  });
});

describe('a request can be followed', () => {
  it('keeps the id that the caller gave it, and makes one where it is none', async () => {
    const idFor = async (given: Record<string, string>): Promise<string | null> => {
      const response = await fetch(`${fixture.gateway.url}${DOOR}`, {
        method: 'POST',
        body: ME,
        headers: { ...headers, 'content-type': 'application/json', ...given },
      });
      await response.text();
      return response.headers.get('x-request-id');
    };
    expect(await idFor({ 'x-request-id': 'lin.2026-11-24:1' })).toBe('lin.2026-11-24:1');
    expect(await idFor({ 'x-request-id': 'evt.> *' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor({})).toMatch(/^[0-9a-f-]{36}$/);
  });
});
