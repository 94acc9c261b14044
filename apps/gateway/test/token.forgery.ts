import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claims = {
  roles: ['admin'],
  community: 'osmanthus-court',
  sub: 'mallory',
  iss: 'weinao',
  aud: 'weinao',
  exp: 4_000_000_000,
};

/** Tokens that somebody made who does not have the issuer's key, or signed with it but not for us. */
export async function forgedTokens(directory: string): Promise<Record<string, string>> {
  const jwk = JSON.parse(await readFile(join(directory, 'issuer.json'), 'utf8')) as JWK;
  const key = await importJWK(jwk, 'EdDSA');
  const signed = (changes: object): Promise<string> =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'EdDSA' }).sign(key);
  const unsigned = `${encoded({ alg: 'none' })}.${encoded(claims)}`;
  const confused = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
  const genuine = await signed({});
  return {
    'no token at all': 'rubbish',
    'three parts of rubbish': 'a.b.c',
    'an unsigned one': `${unsigned}.`,
    'an unsigned one with a made-up signature': `${unsigned}.c2lnbmVk`,
    'one signed with the public key as a secret': `${confused}.${createHmac('sha256', jwk.x!).update(confused).digest('base64url')}`,
    'one of another issuer': await signed({ iss: 'elsewhere' }),
    'one for another audience': await signed({ aud: 'elsewhere' }),
    'an expired one': await signed({ exp: 1_000_000_000 }),
    'one that never expires': await signed({ exp: undefined }),
    'one of nobody': await signed({ sub: undefined }),
    'one with a role that does not exist': await signed({ roles: ['emperor'] }),
    'one whose roles are no list': await signed({ roles: 'admin' }),
    'one whose claims were changed': genuine.replace(/\.[^.]+\./, `.${encoded({ ...claims, sub: 'wang' })}.`),
  };
}
