import { readLogPage } from './log-page.ts';
import type { Bus } from '../bus/bus.ts';

/** Position of the last event in another plugin's log, asked of whoever publishes it. @throws BusError */
export async function logHead(bus: Bus, plugin: string, after: bigint, timeoutMs: number): Promise<bigint> {
  return (await readLogPage(bus, plugin, after, timeoutMs)).head;
}
