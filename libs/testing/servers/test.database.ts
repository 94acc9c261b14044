import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Pool } from 'pg';
import { testDatabaseServer } from './test.servers.ts';

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** Ends the pool and drops the database, whoever is still connected to it. */
  close(): Promise<void>;
}

/**
 * A fresh, empty database of its own.
 *
 * @param server connection string of the server; that of the test run unless said otherwise
 */
export async function createTestDatabase(server = testDatabaseServer()): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href });
  pool.on('error', () => undefined); // a test may break idle connections, and the next query tells of it
  return {
    url: url.href,
    pool,
    close: async () => {
      await pool.end();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
