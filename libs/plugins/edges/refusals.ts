import { randomUUID } from 'node:crypto';
import { LogBusy, Rejection } from '@weinao/events';
import { GraphQLError } from 'graphql';
import { isDatabaseOutage } from '../service/database-outage.ts';
import type { EdgeReply } from '../wire/edge.protocol.ts';

/** By code; any other rejection is a conflict with how things stand. */
const STATUS: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PLUGIN_NOT_ENABLED: 404,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  PLUGIN_UNAVAILABLE: 503,
  READ_MODEL_BEHIND: 503,
};
const CONFLICT = 409;

export const JSON_TYPE = 'application/json; charset=utf-8';

type Details = Readonly<Record<string, unknown>>;
type Report = (message: string, error: unknown) => void;

/** What somebody is answered instead: the same coded JSON as GraphQL's errors. What nobody foresaw is reported. */
export function refusalOf(error: unknown, place: string, report: Report): EdgeReply {
  if (error instanceof Rejection) return refusal(error.code, error.message, error.details);
  if (error instanceof GraphQLError)
    return refusal(String(error.extensions.code), error.message, error.extensions);
  if (error instanceof LogBusy || isDatabaseOutage(error as Error)) {
    report(`${place} cannot be answered at the moment`, error);
    return refusal('PLUGIN_UNAVAILABLE', 'This cannot be answered at the moment. Try again.');
  }
  const incident = randomUUID();
  report(`Incident ${incident} at ${place}`, error);
  return refusal('INTERNAL_SERVER_ERROR', `Something went wrong here; it is logged as ${incident}.`, {
    incident,
  });
}

const refusal = (code: string, message: string, details: Details = {}): EdgeReply => ({
  status: STATUS[code] ?? CONFLICT,
  contentType: JSON_TYPE,
  body: JSON.stringify({ errors: [{ message, extensions: { ...details, code } }] }),
});
