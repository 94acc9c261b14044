const MOST_KEY_LENGTH = 200;

/** @throws Error for a key that no row could hold */
export function storableKey(key: string): string {
  if (typeof key === 'string' && key.length > 0 && key.length <= MOST_KEY_LENGTH && !key.includes('\0'))
    return key;
  throw new Error(
    `"${String(key).slice(0, 80)}" is no key: it has 1 to ${MOST_KEY_LENGTH} characters, no NUL`,
  );
}

/** @throws Error for what is no JSON */
export const storableJson = (value: unknown): string => JSON.stringify(value ?? null);

/** @returns it as ISO 8601 UTC. @throws Error for what is no instant of the years 0 to 9999 */
export function storableInstant(instant: string): string {
  const date = new Date(instant);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  if (text.length !== '2026-03-02T08:00:00.000Z'.length) throw new Error(`"${instant}" is no instant`);
  return text;
}
