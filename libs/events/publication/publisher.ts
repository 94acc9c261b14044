import type { Pool } from 'pg';
import { toCloudEvent } from './cloud-event.ts';
import type { CloudEvent } from './cloud-event.ts';
import { subjects } from './subjects.ts';
import { MOST_MESSAGE_BYTES } from '../bus/bus.ts';
import type { Bus, BusSubscription } from '../bus/bus.ts';
import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';
import { moveCheckpoint, readCheckpoint } from '../projection/checkpoint.ts';
import { Follower } from '../projection/follower.ts';

export interface PublisherOptions {
  readonly plugin: string;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  report(message: string, error?: unknown): void;
}

export interface LogReadRequest {
  /** Position, as text. */
  readonly after: string;
}

export interface LogPage {
  readonly events: readonly CloudEvent[];
  /** Position of the log's last event, as text. */
  readonly head: string;
}

const CHECKPOINT = 'publication';
const MOST_EVENTS_A_PAGE = 500;
/** Leaves room for the envelope of the page. */
const MOST_PAGE_CHARACTERS = MOST_MESSAGE_BYTES / 4;

/**
 * Tells the bus of each committed event, in the log's order, at least once; and answers `log.<plugin>.read`, from which
 * consumers take what the bus lost. It also rings the logs of the plugin's other processes.
 */
export class Publisher {
  private readonly follower: Follower;
  private readonly subscriptions: BusSubscription[] = [];
  private stopRinging: () => void = () => undefined;

  constructor(private readonly options: PublisherOptions) {
    const { plugin, pool, log } = options;
    this.follower = new Follower({
      name: `Publication of ${plugin}`,
      log,
      load: async () => (await readCheckpoint(pool, plugin, CHECKPOINT)).position,
      handle: (page, after) => this.publish(page, after),
      report: (message, error) => options.report(message, error),
    });
  }

  start(): void {
    const { plugin, bus, log } = this.options;
    let ringing = false;
    this.subscriptions.push(
      bus.respond(subjects.readLog(plugin), plugin, async ({ text }) =>
        this.page(JSON.parse(text) as LogReadRequest),
      ),
      bus.subscribe(subjects.appended(plugin), () => {
        ringing = true; // a ring that came over the bus is not sent back to it
        log.ring();
        ringing = false;
      }),
    );
    this.stopRinging = log.onAppend(() => {
      if (!ringing) this.ringOthers();
    });
    this.follower.start();
  }

  async stop(): Promise<void> {
    this.stopRinging();
    await this.follower.stop();
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
  }

  private ringOthers(): void {
    const { plugin, bus, report } = this.options;
    try {
      bus.publish(subjects.appended(plugin), '');
    } catch (error) {
      report(`The other processes of ${plugin} were not told of an append`, error); // they look again by themselves
    }
  }

  private async publish(page: readonly Recorded[], after: bigint): Promise<boolean> {
    const { plugin, bus, pool } = this.options;
    let previous = after;
    for (const event of page) {
      const subject = subjects.event(event.metadata.communityId, plugin, event.type);
      bus.publish(subject, JSON.stringify(toCloudEvent(plugin, event, previous)));
      previous = event.position;
    }
    return moveCheckpoint(pool, plugin, CHECKPOINT, after, previous);
  }

  private async page({ after }: LogReadRequest): Promise<string> {
    const { plugin, log } = this.options;
    let previous = BigInt(after);
    const [read, head] = [await log.read({ after: previous, limit: MOST_EVENTS_A_PAGE }), await log.head()];
    const events: CloudEvent[] = [];
    let characters = 0;
    for (const event of read) {
      const cloudEvent = toCloudEvent(plugin, event, previous);
      characters += JSON.stringify(cloudEvent).length;
      if (events.length > 0 && characters > MOST_PAGE_CHARACTERS) break;
      events.push(cloudEvent);
      previous = event.position;
    }
    return JSON.stringify({ events, head: head.toString() } satisfies LogPage);
  }
}
