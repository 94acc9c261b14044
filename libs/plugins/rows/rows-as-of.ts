import { RowSet } from '@weinao/events';
import type { DomainEvent, Projection, Recorded } from '@weinao/events';

/**
 * The rows that a projection makes of the first events of one stream, and of nothing else: what they were at that moment.
 * For projections whose rows belong to one stream each.
 */
export function rowsAsOf<Event extends DomainEvent>(
  projection: Projection<Event>,
  events: readonly Recorded<Event>[],
): RowSet {
  const rows = new RowSet(projection.tables);
  for (const event of events) {
    for (const key of projection.touches(event)) if (!rows.isLoaded(key)) rows.load(key, undefined);
    projection.fold(event, rows);
  }
  return rows;
}
