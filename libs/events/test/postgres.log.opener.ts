import { createTestDatabase } from '@weinao/testing';
import type { OpenEventLog, TestDatabase } from '@weinao/testing';
import pg from 'pg';
import { createKernelSchema, PostgresEventLog } from '../index.ts';

export interface PostgresLogs {
  readonly database: TestDatabase;
  /** An empty log in a schema of its own. */
  open(): Promise<OpenEventLog & { readonly log: PostgresEventLog; readonly schema: string }>;
  close(): Promise<void>;
}

/** One database for a spec, with as many logs as it has tests. */
export async function postgresLogs(): Promise<PostgresLogs> {
  const database = await createTestDatabase();
  let logs = 0;
  return {
    database,
    open: async () => {
      const schema = `plugin-${++logs}`;
      await createKernelSchema(database.pool, schema);
      const others: pg.Pool[] = [];
      const log = new PostgresEventLog(database.pool, schema);
      return {
        log,
        schema,
        another: () => {
          const pool = new pg.Pool({ connectionString: database.url });
          others.push(pool);
          return Promise.resolve(new PostgresEventLog(pool, schema));
        },
        close: async () => {
          await log.close();
          await Promise.all(others.map((pool) => pool.end()));
        },
      };
    },
    close: () => database.close(),
  };
}
