import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayFixture } from './gateway.fixture.ts';
import type { Answer } from './gateway.fixture.ts';
import { communities } from './neighbourhood.ts';
import { forgedTokens } from './token.forgery.ts';
import { LocalIssuer } from '../index.ts';

const ME = JSON.stringify({ query: '{ me { id } }' });
const DOOR = '/communities/osmanthus-court/graphql';

const fixture = new GatewayFixture();

beforeAll(async () => {
  await fixture.startWith(communities);
  fixture.feed.found('osmanthus-court', []);
  fixture.feed.found('willow-bank', []);
});

afterAll(() => fixture.stop());

const knock = (path: string, authorization?: string): Promise<Answer> =>
  fixture.post(path, ME, authorization === undefined ? {} : { authorization });

function expectCoded(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, contentType: 'application/json; charset=utf-8' });
  expect(answer.json).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
  expect(answer.text).not.toMatch(/<html|\s+at .*\.[tj]s|node_modules/i);
}

describe('the door of a community', () => {
  it('opens to a token of that community, and to an operator of the platform', async () => {
    for (const token of [
      await fixture.token('resident', 'osmanthus-court'),
      await fixture.token('operator', null),
    ]) {
      expect((await knock(DOOR, `Bearer ${token}`)).json).toEqual({ data: { me: { id: 'wang' } } });
    }
  });

  it('stays closed without a token, and to what is none', async () => {
    const token = await fixture.token('resident', 'osmanthus-court');
    expectCoded(await knock(DOOR), 401, 'UNAUTHENTICATED');
    for (const header of ['', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer ${token} ${token}`]) {
      expectCoded(await knock(DOOR, header), 401, 'UNAUTHENTICATED');
    }
  });

  it('stays closed to forged and expired tokens', async () => {
    const forged = await forgedTokens(fixture.directory);
    for (const [name, token] of Object.entries(forged)) {
      const { status, json } = await knock(DOOR, `Bearer ${token}`);
      expect({ name, status, code: json.errors?.[0].extensions.code }).toEqual({
        name,
        status: 401,
        code: 'UNAUTHENTICATED',
      });
    }
  });

  it('stays closed to a token of an issuer with another key', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'weinao-issuer-'));
    try {
      const stranger = await LocalIssuer.open(elsewhere);
      const token = await stranger.issue({
        subject: 'wang',
        roles: ['admin'],
        communityId: 'osmanthus-court',
        lifetime: '1h',
      });
      expectCoded(await knock(DOOR, `Bearer ${token}`), 401, 'UNAUTHENTICATED');
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  });

  it('refuses a token of the neighbouring community', async () => {
    const token = await fixture.token('admin', 'willow-bank');
    expectCoded(await knock(DOOR, `Bearer ${token}`), 403, 'FORBIDDEN');
  });

  it('does not exist for a community that nobody founded, whoever asks', async () => {
    const operator = `Bearer ${await fixture.token('operator', null)}`;
    for (const id of [
      'nowhere',
      '*',
      '>',
      'osmanthus-court%00',
      'osmanthus%2Fcourt',
      '%E6%A1%82',
      '__proto__',
    ]) {
      expectCoded(await knock(`/communities/${id}/graphql`, operator), 404, 'NOT_FOUND');
      expectCoded(await fixture.send(`/communities/${id}/schema.graphql`), 404, 'NOT_FOUND');
    }
  });

  it('wants a token at the platform’s door too', async () => {
    expectCoded(await knock('/graphql'), 401, 'UNAUTHENTICATED');
  });
});
