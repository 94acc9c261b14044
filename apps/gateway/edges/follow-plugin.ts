import { Consumer, logHead } from '@weinao/events';
import type { Bus, ConsumedEvent } from '@weinao/events';

const HEAD_DEADLINE_MS = 5_000;

/**
 * Follows a plugin's events from now on.
 *
 * @param from is told the position from which on, before the first event
 * @throws BusError where the plugin does not answer
 */
export async function followPlugin(
  bus: Bus,
  plugin: string,
  from: (position: bigint) => void,
  handle: (event: ConsumedEvent) => Promise<void>,
  report: (message: string, error?: unknown) => void,
): Promise<Consumer> {
  const after = await logHead(bus, plugin, 0n, HEAD_DEADLINE_MS);
  from(after);
  const consumer = new Consumer({ bus, plugin, after, handle, report });
  consumer.start();
  return consumer;
}
