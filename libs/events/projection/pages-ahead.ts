import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';

/** The log's pages up to the head, or a little beyond; the next one is read while one is worked on. */
export async function* pagesAhead(
  log: EventLog,
  after: bigint,
  head: bigint,
  limit: number,
): AsyncGenerator<readonly Recorded[]> {
  let next: Promise<readonly Recorded[]> | undefined;
  try {
    for (let position = after; position < head;) {
      const page = await (next ?? log.read({ after: position, limit }));
      if (page.length === 0) return;
      position = page.at(-1)!.position;
      next = position < head ? log.read({ after: position, limit }) : undefined;
      next?.catch(() => undefined); // whoever stops on the way does not wait for it
      yield page;
    }
  } finally {
    await next?.catch(() => undefined);
  }
}
