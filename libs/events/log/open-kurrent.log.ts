import type { EventLog } from './event-log.ts';
import type { KurrentOptions } from './kurrent-event.log.ts';

/**
 * The log of a plugin in KurrentDB. Its client has a native half and takes half a second to load, so it is loaded only here.
 *
 * @throws Error for a connection string that is none; a server that does not answer shows at the first request
 */
export async function openKurrentLog(options: KurrentOptions): Promise<EventLog> {
  const { KurrentEventLog } = await import('./kurrent-event.log.ts');
  return new KurrentEventLog(options);
}
