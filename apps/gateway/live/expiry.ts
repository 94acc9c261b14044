/** Node's timers know no more. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/** When a token ends, in milliseconds since 1970; keeps no process alive. @returns how to call it off */
export function atExpiry(until: number, ended: () => void): () => void {
  const expiry = setTimeout(ended, Math.min(until - Date.now(), LONGEST_TIMEOUT_MS));
  expiry.unref();
  return () => clearTimeout(expiry);
}
