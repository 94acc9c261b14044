import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { KnownTokens } from '../authentication/known-tokens.ts';
import { InvalidToken } from '../authentication/local-issuer.ts';
import { LocalIssuer } from '../index.ts';

let directory: string;
let issuer: LocalIssuer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weinao-tokens-'));
  issuer = await LocalIssuer.open(directory);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const tokenOf = (subject: string, lifetime: string): Promise<string> =>
  issuer.issue({ subject, roles: ['resident'], communityId: 'sunshine', lifetime });

function counted(): { tokens: KnownTokens; checked: string[] } {
  const checked: string[] = [];
  const tokens = new KnownTokens({
    verify: (token) => {
      checked.push(token);
      return issuer.verify(token);
    },
  });
  return { tokens, checked };
}

describe('tokens that are known', () => {
  it('have their signature checked once, each its own', async () => {
    const { tokens, checked } = counted();
    const [lin, chen] = [await tokenOf('lin', '1h'), await tokenOf('chen', '1h')];
    for (const token of [lin, chen, lin, chen]) await tokens.verify(token);
    expect((await tokens.verify(lin)).id).toBe('lin');
    expect((await tokens.verify(chen)).id).toBe('chen');
    expect(checked).toEqual([lin, chen]);
  });

  it('are refused from their end on', async () => {
    const { tokens } = counted();
    const token = await tokenOf('lin', '1s');
    expect((await tokens.verify(token)).id).toBe('lin');
    const endMs = decodeJwt(token).exp! * 1_000;
    while (Date.now() <= endMs) await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(tokens.verify(token)).rejects.toThrow(InvalidToken);
  });

  it('are never those that were refused', async () => {
    const { tokens, checked } = counted();
    const forged = `${(await tokenOf('lin', '1h')).slice(0, -4)}AAAA`;
    for (let times = 0; times < 2; times++) await expect(tokens.verify(forged)).rejects.toThrow(InvalidToken);
    expect(checked).toEqual([forged, forged]);
  });
});
