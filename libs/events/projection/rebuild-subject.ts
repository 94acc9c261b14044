import type { Pool } from 'pg';
import type { Projection } from './projection.ts';
import type { RebuildProgress } from './rebuild-progress.ts';
import type { EventLog } from '../log/event-log.ts';
import type { Upcasters } from '../upcaster.ts';

export interface RebuildSubject {
  readonly pool: Pool;
  /** The plugin's schema. */
  readonly schema: string;
  readonly log: EventLog;
  readonly projection: Projection;
  /** Given where the log is a PostgreSQL one in this schema: then a projection that is also said in SQL is rebuilt so. */
  readonly eventsTable?: { readonly upcasters: Upcasters };
  report(message: string, error?: unknown): void;
}

export interface RebuildOptions {
  /** `sql` and `fold` insist on a way; without it, SQL is taken where it can be. */
  readonly by?: 'sql' | 'fold';
  /** Only where an older version stands: who raises a version does not put it over a newer one. */
  readonly onlyOver?: 'older';
  progress?(progress: RebuildProgress): void;
}
