import { GraphQLScalarType, Kind } from 'graphql';
import { CodedError } from './coded-error.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** `Date` would take the 30th of February for the 2nd of March. */
function hasSuchADay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** In UTC; undefined for what is no instant, such as a time without its offset. */
export function parseInstant(value: unknown): string | undefined {
  const fits = typeof value === 'string' && INSTANT.test(value) && hasSuchADay(value.slice(0, 10));
  const instant = fits ? new Date(value) : undefined;
  return instant && !Number.isNaN(instant.getTime()) ? instant.toISOString() : undefined;
}

function parse(value: unknown): string {
  const instant = parseInstant(value);
  if (instant) return instant;
  throw new CodedError('BAD_USER_INPUT', 'A DateTime is a text such as 2026-11-24T18:30:00Z.');
}

/** An instant as ISO 8601 text, in UTC wherever it comes from us. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 with its offset from UTC',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});
