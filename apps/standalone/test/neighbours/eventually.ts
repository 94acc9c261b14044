import { setTimeout as pause } from 'node:timers/promises';

/** Between two looks, in milliseconds. */
const A_MOMENT = 50;

/** Expects again and again, because plugins hear of each other a little later; after 30 s what fails is said. */
export async function eventually<Seen>(expectation: () => Promise<Seen>): Promise<Seen> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(A_MOMENT);
    }
  }
}
