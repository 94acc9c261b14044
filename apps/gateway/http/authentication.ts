import type { Viewer } from '@weinao/plugins';
import { decodeJwt } from 'jose';
import { HttpError } from './http-error.ts';
import type { LocalIssuer } from '../authentication/local-issuer.ts';
import { InvalidToken } from '../authentication/local-issuer.ts';

/** Whatever brings an Authorization header, or what stands for one. */
interface Asking {
  readonly headers: { readonly authorization?: string | undefined };
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Who asks. @throws HttpError 401 without a valid bearer token */
export async function viewerOf(request: Asking, issuer: LocalIssuer): Promise<Viewer> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    throw new HttpError(401, 'UNAUTHENTICATED', 'Send a token: Authorization: Bearer <token>.');
  }
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined)
    throw new HttpError(401, 'UNAUTHENTICATED', 'The Authorization header holds no bearer token.');
  try {
    return await issuer.verify(token);
  } catch (error) {
    if (!(error instanceof InvalidToken)) throw error;
    throw new HttpError(401, 'UNAUTHENTICATED', 'The token is not valid, or no longer.');
  }
}

/** When the token of a request that was let in ends, in milliseconds since 1970. */
export function expiryOf({ headers }: Asking): number {
  const token = BEARER.exec(headers.authorization!)![1]!;
  return decodeJwt(token).exp! * 1_000;
}

/** A community's door opens to the tokens of that community, and to the operators of the platform. */
export function assertMember({ communityId, roles }: Viewer, community: string): void {
  if (communityId === community || roles.includes('operator')) return;
  throw new HttpError(403, 'FORBIDDEN', `This token is not one of the community ${community}.`);
}
