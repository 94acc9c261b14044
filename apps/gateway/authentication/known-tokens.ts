import { hash } from 'node:crypto';
import type { Viewer } from '@weinao/plugins';
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';

export interface TokenVerifier {
  /** @throws InvalidToken */
  verify(token: string): Promise<Viewer>;
}

const MOST_TOKENS = 10_000;
/** So long a token that was valid counts as valid: its signature takes longer to check than all else at the door. */
const KNOWN_MS = 5_000;

/** Checks a token once in a while, not with each request; never past its end. What is not valid is not kept. */
export class KnownTokens implements TokenVerifier {
  private readonly viewers = new LRUCache<string, Viewer>({ max: MOST_TOKENS });

  constructor(private readonly issuer: TokenVerifier) {}

  async verify(token: string): Promise<Viewer> {
    const key = hash('sha256', token, 'base64');
    const known = this.viewers.get(key);
    if (known) return known;
    const viewer = await this.issuer.verify(token);
    const leftMs = decodeJwt(token).exp! * 1_000 - Date.now();
    if (leftMs > 0) this.viewers.set(key, viewer, { ttl: Math.min(KNOWN_MS, leftMs) });
    return viewer;
  }
}
