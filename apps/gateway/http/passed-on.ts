import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { HttpError } from './http-error.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
const CORRELATION_ID = /^[\w.:-]{1,100}$/;

export interface PassedOn {
  readonly correlationId: string;
  readonly idempotencyKey?: string;
}

/** What of a request's headers the services are told. @throws HttpError 400 */
export function passedOn({ headers }: Pick<FastifyRequest, 'headers'>): PassedOn {
  const idempotencyKey = headers['idempotency-key'];
  if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(String(idempotencyKey))) {
    throw new HttpError(400, 'BAD_USER_INPUT', 'An Idempotency-Key has 1 to 200 visible ASCII characters.');
  }
  const given = String(headers['x-request-id'] ?? '');
  const correlationId = CORRELATION_ID.test(given) ? given : randomUUID();
  return { correlationId, idempotencyKey: idempotencyKey as string | undefined };
}
