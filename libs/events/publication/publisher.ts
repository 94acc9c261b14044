import type { Pool } from 'pg';
import { toCloudEvent } from './cloud-event.ts';
import { movePublished, publishedUpTo } from './published.ts';
import { subjects } from './subjects.ts';
import type { Bus } from '../bus/bus.ts';
import { Departure } from '../departure.ts';
import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';
import { Follower } from '../projection/follower.ts';

export interface PublisherOptions {
  readonly plugin: string;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  report(message: string, error?: unknown): void;
}

/**
 * Tells the bus of each committed event, in the log's order, at least once: the checkpoint moves on when the server has
 * the whole page, so while there is no connection nothing counts as published. What the server then loses on its way to a
 * consumer, the consumer reads from the log.
 */
export class Publisher {
  private readonly follower: Follower;
  private readonly departure = new Departure();

  constructor(private readonly options: PublisherOptions) {
    const { plugin, pool, log } = options;
    this.follower = new Follower({
      name: `Publication of ${plugin}`,
      log,
      load: () => publishedUpTo(pool, plugin),
      handle: (page, after) => this.publish(page, after),
      report: (message, error) => options.report(message, error),
    });
  }

  start(): void {
    this.follower.start();
  }

  async stop(): Promise<void> {
    this.departure.leave(); // a flush waits for as long as there is no server
    await this.follower.stop();
  }

  private async publish(page: readonly Recorded[], after: bigint): Promise<boolean> {
    const { plugin, bus, pool } = this.options;
    let previous = after;
    for (const event of page) {
      const subject = subjects.event(event.metadata.communityId, plugin, event.type);
      const text = JSON.stringify(toCloudEvent(plugin, event, previous));
      bus.publish(subject, text, { messageId: event.id });
      previous = event.position;
    }
    const flushed = bus.flush().then(() => true);
    if (!(await this.departure.unlessLeft(flushed))) return false;
    return movePublished(pool, plugin, after, previous);
  }
}
