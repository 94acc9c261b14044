import { toCloudEvent } from './cloud-event.ts';
import type { CloudEvent } from './cloud-event.ts';
import { subjects } from './subjects.ts';
import { MOST_MESSAGE_BYTES } from '../bus/bus.ts';
import type { Bus, BusSubscription } from '../bus/bus.ts';
import type { EventLog } from '../log/event-log.ts';

export interface LogResponderOptions {
  readonly plugin: string;
  readonly log: EventLog;
  readonly bus: Bus;
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

const MOST_EVENTS_A_PAGE = 500;
/** Leaves room for the envelope of the page. */
const MOST_PAGE_CHARACTERS = MOST_MESSAGE_BYTES / 4;

/** Answers `log.<plugin>.read`, from which consumers take what the bus lost. Every replica does, and they share the questions. */
export class LogResponder {
  private responder: BusSubscription | undefined;
  /** Of events that are read for a page: where they are large, most of 500 would be read for nothing. */
  private limit = MOST_EVENTS_A_PAGE;

  constructor(private readonly options: LogResponderOptions) {}

  start(): void {
    const { plugin, bus } = this.options;
    this.responder = bus.respond(subjects.readLog(plugin), plugin, ({ text }) =>
      this.page(JSON.parse(text) as LogReadRequest),
    );
  }

  async stop(): Promise<void> {
    await this.responder?.stop();
  }

  private async page({ after }: LogReadRequest): Promise<string> {
    const { plugin, log } = this.options;
    let previous = BigInt(after);
    const { limit } = this;
    const read = await log.read({ after: previous, limit });
    const last = read.length < limit ? read.at(-1) : undefined; // a page that is not full ends at the head
    const head = last?.position ?? (await log.head());
    const events: CloudEvent[] = [];
    let characters = 0;
    for (const event of read) {
      const cloudEvent = toCloudEvent(plugin, event, previous);
      characters += JSON.stringify(cloudEvent).length;
      if (events.length > 0 && characters > MOST_PAGE_CHARACTERS) break;
      events.push(cloudEvent);
      previous = event.position;
    }
    if (events.length < read.length) this.limit = 2 * events.length;
    else if (read.length === limit) this.limit = Math.min(2 * limit, MOST_EVENTS_A_PAGE);
    return JSON.stringify({ events, head: head.toString() } satisfies LogPage);
  }
}
