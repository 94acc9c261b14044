import { rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';

/** How many events a projection has had, and whether each followed on the one before. */
export class SeenRow {
  id: string;
  events: number;
  position: string;
  inOrder: boolean;
}

const key = { id: 'row' };

export const seenProjection = (name: string): Projection => ({
  name,
  version: 1,
  tables: [{ type: SeenRow, table: name, key: ['id'] }],
  touches: () => [rowKey(SeenRow, key)],
  fold({ position }: Recorded, rows) {
    const before = rows.get(SeenRow, key) ?? { ...key, events: 0, position: '0', inOrder: true };
    const inOrder = before.inOrder && position === BigInt(before.position) + 1n;
    rows.put(SeenRow, { ...key, events: before.events + 1, position: position.toString(), inOrder });
  },
});

export const seenTable = (schema: string, name: string): string =>
  `create table if not exists ${schema}.${name} (id text primary key, events integer, position text, in_order boolean)`;
