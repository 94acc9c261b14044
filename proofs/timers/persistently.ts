import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const REST_MS = 20;

/** Until it comes through: the database is killed under it. @throws its error when it never does */
export async function persistently<Value>(work: () => Promise<Value>): Promise<Value> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(REST_MS);
    }
  }
}
