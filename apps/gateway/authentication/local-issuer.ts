import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRole, StartupError } from '@weinao/plugins';
import type { Role, Viewer } from '@weinao/plugins';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';

export interface TokenRequest {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Null for the platform's operators. */
  readonly communityId: string | null;
  /** Such as `12h`. */
  readonly lifetime: string;
}

export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const ISSUER = 'weinao';
const AUDIENCE = 'weinao';
const ALGORITHM = 'EdDSA';
const KEY_FILE = 'issuer.json';

/** The built-in issuer of tokens: an Ed25519 key in the data directory, shared by the processes of one machine. */
export class LocalIssuer {
  private constructor(
    private readonly privateKey: CryptoKey,
    private readonly publicKey: CryptoKey,
  ) {}

  /** Makes the key where there is none; whoever comes second takes the first one's. */
  static async open(directory: string): Promise<LocalIssuer> {
    await mkdir(directory, { recursive: true });
    const file = join(directory, KEY_FILE);
    if (!existsSync(file)) await createKey(file);
    const { d, ...publicPart } = await readKey(file);
    const privateKey = (await importJWK({ ...publicPart, d }, ALGORITHM)) as CryptoKey;
    const publicKey = (await importJWK(publicPart, ALGORITHM)) as CryptoKey;
    return new LocalIssuer(privateKey, publicKey);
  }

  issue({ subject, roles, communityId, lifetime }: TokenRequest): Promise<string> {
    return new SignJWT({ roles, ...(communityId === null ? {} : { community: communityId }) })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(this.privateKey);
  }

  /** @throws InvalidToken, whatever is wrong with it */
  async verify(token: string): Promise<Viewer> {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'exp', 'roles'],
      });
      return viewerOf(payload);
    } catch (error) {
      throw new InvalidToken((error as Error).message);
    }
  }
}

/** Two processes at their first start must agree on one key, so the file appears whole and only once. */
async function createKey(file: string): Promise<void> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readKey(file: string): Promise<JWK> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new StartupError(`${file} holds no key; remove it, and a new one is made.`);
  }
}

function viewerOf({ sub, roles, community }: { sub?: string; roles?: unknown; community?: unknown }): Viewer {
  if (!sub || !Array.isArray(roles) || !roles.every(isRole))
    throw new InvalidToken('The claims are not ours');
  return { id: sub, roles, communityId: typeof community === 'string' ? community : null };
}
