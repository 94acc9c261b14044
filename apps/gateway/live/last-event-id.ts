import { HttpError } from '../http/http-error.ts';

const POSITION = /^(0|[1-9]\d{0,18})$/;
/** PostgreSQL's largest. */
const LARGEST = 9_223_372_036_854_775_807n;

/** The position that an id of a message stands for; undefined without one. @throws HttpError 400 for any other */
export function positionIn(id: unknown): bigint | undefined {
  if (id === undefined) return undefined;
  if (typeof id === 'string' && POSITION.test(id) && BigInt(id) <= LARGEST) return BigInt(id);
  throw new HttpError(400, 'BAD_USER_INPUT', 'The last event id is none that a subscription ever told.');
}
