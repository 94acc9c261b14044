import { createKernelSchema, PostgresEventLog } from '@weinao/events';
import type { EventLog, Recorded } from '@weinao/events';
import type { Pool } from 'pg';
import type { Fact } from './fact.ts';
import type { Store } from './store.ts';
import { openPool } from '../frame/connections.ts';

/** The kernel's own log, as a service opens it. */
export class KernelStore implements Store {
  private constructor(
    readonly pool: Pool,
    readonly log: EventLog,
  ) {}

  static async open(url: string, plugin: string, cleanup: AsyncDisposableStack): Promise<KernelStore> {
    const pool = openPool(url, cleanup);
    await createKernelSchema(pool, plugin);
    const log = new PostgresEventLog(pool, plugin);
    cleanup.defer(() => log.close());
    return new KernelStore(pool, log);
  }

  append({
    id,
    stream,
    community,
    command,
    fingerprint,
    type,
    at,
    data,
    metadata,
  }: Fact): Promise<Recorded[]> {
    return this.log.append({
      stream,
      communityId: community,
      expectedRevision: -1,
      events: [{ id, type, at, data, metadata }],
      command: { id: command, fingerprint },
    });
  }
}
