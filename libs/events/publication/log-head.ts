import type { LogPage } from './log-responder.ts';
import { subjects } from './subjects.ts';
import type { Bus } from '../bus/bus.ts';

/** Position of the last event in another plugin's log, asked of whoever publishes it. @throws BusError */
export async function logHead(bus: Bus, plugin: string, after: bigint, timeoutMs: number): Promise<bigint> {
  const request = JSON.stringify({ after: after.toString() });
  const page = JSON.parse(await bus.request(subjects.readLog(plugin), request, { timeoutMs })) as LogPage;
  return BigInt(page.head);
}
