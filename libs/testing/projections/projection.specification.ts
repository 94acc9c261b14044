import { expect } from '@jest/globals';
import type { DomainEvent, Projection, RowType } from '@weinao/events';
import { deepFreeze } from '../deciders/frozen.ts';
import { asStored, MemoryTables } from './memory.tables.ts';
import { recordedInOrder } from './recorded.builder.ts';
import type { Recordable } from './recorded.builder.ts';

export interface GivenProjection {
  /** Exactly these rows, in whatever order. */
  then<Row extends object>(type: RowType<Row>, expected: readonly Row[]): void;
}

export interface ProjectionSpecification<Event extends DomainEvent> {
  /** Events without a place of their own are recorded one after the other in one stream. */
  given(...events: readonly Recordable<Event>[]): GivenProjection;
}

/**
 * Given these events, then these rows. On the way it proves that the rows do not depend on where a page ends, that the
 * fold looks only at rows that `touches` names, and that it changes no event.
 */
export function projection<Event extends DomainEvent>(
  subject: Projection<Event>,
): ProjectionSpecification<Event> {
  return {
    given: (...events) => {
      const history = deepFreeze(recordedInOrder(events));
      const atOnce = new MemoryTables(subject);
      atOnce.foldPage(history);
      const oneByOne = new MemoryTables(subject);
      for (const event of history) oneByOne.foldPage([event]);
      for (const { type } of subject.tables) {
        expect({ table: type.name, 'rows, folded event by event': sorted(oneByOne.rowsOf(type)) }).toEqual({
          table: type.name,
          'rows, folded event by event': sorted(atOnce.rowsOf(type)),
        });
      }
      return {
        then: (type, expected) => expect(sorted(atOnce.rowsOf(type))).toEqual(sorted(expected.map(asStored))),
      };
    },
  };
}

const sortedKeys = (row: object): string =>
  JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

const sorted = (rows: readonly object[]): object[] =>
  [...rows].sort((a, b) => (sortedKeys(a) < sortedKeys(b) ? -1 : 1));
