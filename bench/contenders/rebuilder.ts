import { Projector } from '@weinao/events';
import type { EventLog, Projection } from '@weinao/events';
import type { Pool } from 'pg';
import { ticketList } from './ticket-list.projection.ts';

/** Folds the list of tickets anew, from dropping its rows to their commit. */
export function rebuildTicketList(pool: Pool, schema: string, log: EventLog): Promise<void> {
  const report = (message: string, error: unknown): void => console.error(message, error);
  const projection = ticketList as unknown as Projection;
  return new Projector({ pool, schema, log, projection, report }).rebuild();
}
