import { rowKey } from '@weinao/events';
import type { Projection, Recorded } from '@weinao/events';

export interface Noted {
  readonly type: 'Noted';
  readonly data: {
    readonly amount: number;
    /** How the event is bad for a projection that has a fault. */
    readonly bad?: 'throws' | 'refused';
  };
}

/** What a stream comes to. */
export class NotedRow {
  id: string;
  events: number;
  amount: number;
}

/** More than the column holds. */
const TOO_MUCH = 3_000_000_000;

export const notedTable = (schema: string): string =>
  `create table if not exists "${schema}".noted (id text primary key, events integer not null, amount integer not null)`;

/** @param faulty whether it throws for some events, and makes rows of others that the database refuses */
export const notedProjection = (faulty: boolean): Projection<Noted> => ({
  name: 'noted',
  version: 1,
  tables: [{ type: NotedRow, table: 'noted', key: ['id'] }],
  touches: ({ stream }) => [rowKey(NotedRow, { id: stream })],
  fold({ stream, data: { amount, bad } }: Recorded<Noted>, rows) {
    if (faulty && bad === 'throws') throw new Error('a projection with a fault');
    const { events, amount: before } = rows.get(NotedRow, { id: stream }) ?? { events: 0, amount: 0 };
    const more = faulty && bad === 'refused' ? TOO_MUCH : amount;
    rows.put(NotedRow, { id: stream, events: events + 1, amount: before + more });
  },
});
