import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import type { PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type { Fact } from './fact.ts';
import type { Store } from './store.ts';
import { openPool } from '../frame/connections.ts';

/** @event-driven-io/emmett-postgresql, by its `appendToStream`. */
export class EmmettStore implements Store {
  private constructor(private readonly store: PostgresEventStore) {}

  static async open(url: string, connections: number, cleanup: AsyncDisposableStack): Promise<EmmettStore> {
    const pool = openPool(url, cleanup, { max: connections });
    const store = getPostgreSQLEventStore(url, { connectionOptions: { pooled: true, pool } });
    cleanup.defer(() => store.close());
    await store.schema.migrate();
    return new EmmettStore(store);
  }

  append({ id, stream, type, data, metadata }: Fact): Promise<unknown> {
    const event = { type, data: data as Record<string, unknown>, metadata: { messageId: id, ...metadata } };
    return this.store.appendToStream(stream, [event], { expectedStreamVersion: 0n });
  }
}
