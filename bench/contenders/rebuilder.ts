import { Projector } from '@weinao/events';
import type { EventLog, Projection } from '@weinao/events';
import type { Pool } from 'pg';
import { ticketList } from './ticket-list.projection.ts';

/** Makes the list of tickets anew, from the first event to the swap. */
export function rebuildTicketList(
  pool: Pool,
  schema: string,
  log: EventLog,
  by: 'fold' | 'sql' = 'fold',
): Promise<void> {
  const report = (message: string, error: unknown): void => console.error(message, error);
  const projection = ticketList as unknown as Projection;
  const eventsTable = { upcasters: {} };
  return new Projector({ pool, schema, log, projection, eventsTable, report }).rebuild({ by });
}
