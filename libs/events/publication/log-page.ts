import { fromCloudEvent } from './cloud-event.ts';
import type { ConsumedEvent } from './cloud-event.ts';
import type { LogPage } from './log-responder.ts';
import { subjects } from './subjects.ts';
import type { Bus } from '../bus/bus.ts';

export interface ConsumedPage {
  readonly events: readonly ConsumedEvent[];
  /** Position of the log's last event; the page may end before it. */
  readonly head: bigint;
}

/** What follows a position in another plugin's log, as much as fits a page, asked of whoever publishes it. @throws BusError */
export async function readLogPage(
  bus: Bus,
  plugin: string,
  after: bigint,
  timeoutMs: number,
): Promise<ConsumedPage> {
  const request = JSON.stringify({ after: after.toString() });
  const page = JSON.parse(await bus.request(subjects.readLog(plugin), request, { timeoutMs })) as LogPage;
  return { events: page.events.map(fromCloudEvent), head: BigInt(page.head) };
}
