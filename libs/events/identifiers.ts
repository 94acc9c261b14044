import { createHash, randomUUID } from 'node:crypto';

const SEGMENT = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Communities and plugins have ids that are safe in a bus subject, a schema name and a path: no `*`, `>`, `.` or NUL. */
export const isSafeId = (id: string): boolean => SEGMENT.test(id);

/** @throws Error when the id could change the meaning of a subject or a path. */
export function safeId(id: string): string {
  if (!isSafeId(id)) throw new Error(`"${id.slice(0, 80)}" is not an id (${SEGMENT.source})`);
  return id;
}

export const newId = (): string => randomUUID();

/** The same parts give the same UUID (version 8 of RFC 9562, from SHA-256), so a repeated command names what it named before. */
export function derivedId(...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** SHA-256 over the JSON with sorted keys: equal for equal values, whatever the order of their fields. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex');
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
