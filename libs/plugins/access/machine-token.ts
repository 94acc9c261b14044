import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CodedError } from '../graphql/coded-error.ts';

const BYTES = 32;

/** Who a machine is: 256 random bits that are shown once, and of which only a SHA-256 is kept. */
export class MachineToken {
  private constructor(
    /** What the machine sends as its bearer token. */
    readonly text: string,
    /** What may be kept, in hexadecimal digits. */
    readonly hash: string,
  ) {}

  static make(): MachineToken {
    const text = randomBytes(BYTES).toString('base64url');
    return new MachineToken(text, hashOf(text).toString('hex'));
  }

  /**
   * @param hash undefined where there is no such machine
   * @throws CodedError UNAUTHENTICATED, the same for a machine that there is not
   */
  static check(sent: string | null, hash: string | undefined): void {
    const known = Buffer.from(hash ?? '', 'hex');
    const given = hashOf(sent ?? '');
    if (sent !== null && known.length === given.length && timingSafeEqual(known, given)) return;
    throw new CodedError('UNAUTHENTICATED', 'This is not the token of a machine that is registered here.');
  }
}

/** For a registration that comes a second time. @throws CodedError TOKEN_SHOWN_ONCE */
export function tokenShownOnce(machine: string): never {
  throw new CodedError(
    'TOKEN_SHOWN_ONCE',
    `The token of ${machine} was shown when it was registered, and is not kept. Ask without it, or register anew.`,
  );
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
