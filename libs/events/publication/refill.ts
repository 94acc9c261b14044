import { toCloudEvent } from './cloud-event.ts';
import type { EventStream } from './event-stream.ts';
import { subjects } from './subjects.ts';
import type { EventLog } from '../log/event-log.ts';

export interface RefillOptions {
  readonly plugin: string;
  readonly log: EventLog;
  readonly stream: EventStream;
  /** Told after each page how many events were published. */
  progress(events: number): void;
}

export interface Refilled {
  readonly stored: number;
  /** How many the stream had already, as far as it remembers. */
  readonly known: number;
}

const PAGE = 500;

/**
 * Publishes every event of a log once more, in order, as it was published at first, and sees each of them stored.
 *
 * @throws Error when the stream does not take one: begin again
 */
export async function refill({ plugin, log, stream, progress }: RefillOptions): Promise<Refilled> {
  let position = 0n;
  let [stored, known] = [0, 0];
  for (;;) {
    const page = await log.read({ after: position, limit: PAGE });
    if (page.length === 0) return { stored, known };
    const outcomes = page.map((event) => {
      const subject = subjects.event(event.metadata.communityId, plugin, event.type);
      const text = JSON.stringify(toCloudEvent(plugin, event, position));
      position = event.position;
      return stream.store(subject, text, event.id);
    });
    for (const isNew of await Promise.all(outcomes)) {
      if (isNew) stored++;
      else known++;
    }
    progress(stored + known);
  }
}
