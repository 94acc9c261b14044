import { lockCheckpoint, readCheckpoint } from './checkpoint.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { PageFold } from './page-fold.ts';
import type { RebuildSubject } from './rebuild-subject.ts';
import { inTransaction } from './transaction.ts';
import { EventFault, isFault } from '../parking/event-fault.ts';
import { findParked, park, unpark } from '../parking/parking.ts';

/** `parked`: still, and why; `unknown`: it was not parked. */
export type RetryOutcome =
  { readonly status: 'unparked' | 'unknown' } | { readonly status: 'parked'; readonly reason: string };

/**
 * Folds what was left out of a parked stream, up to where the projection stands, and goes on with it from there: all of
 * it or nothing. Across streams the order is that of the retry; only a rebuild gives the exact one.
 *
 * @throws Error when the rows are of another version than this program's
 */
export async function retryStream(
  { pool, schema, log, projection }: RebuildSubject,
  stream: string,
): Promise<RetryOutcome> {
  const { name, version } = projection;
  const parked = await findParked(pool, schema, { subscriber: name, stream });
  if (!parked) return { status: 'unknown' };
  await readCheckpoint(pool, schema, name);
  try {
    // it reads by another connection while it holds one
    const done = await oneAtATime(pool, () =>
      inTransaction(pool, async (client) => {
        const checkpoint = await lockCheckpoint(client, schema, name);
        if (checkpoint.version !== version) {
          throw new Error(
            `Projection ${name} stands at version ${checkpoint.version}, this program has ${version}`,
          );
        }
        const left = (await log.readStream(stream)).filter(
          ({ position }) => position >= parked.position && position <= checkpoint.position,
        );
        await new PageFold(schema, projection).fold(client, left);
        return unpark(client, schema, parked);
      }),
    );
    return { status: done ? 'unparked' : 'unknown' };
  } catch (error) {
    if (!isFault(error)) throw error;
    await park(pool, schema, { ...parked, error, tries: 1 });
    const where = error instanceof EventFault ? ` at position ${error.event.position}` : '';
    return { status: 'parked', reason: `${(error as Error).message}${where}` };
  }
}
