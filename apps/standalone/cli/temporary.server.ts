import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@weinao/embedded';

/** DATABASE_URL; else a PostgreSQL of its own, which is gone afterwards. */
export async function withTemporaryServer<Value>(work: (server: string) => Promise<Value>): Promise<Value> {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL);
  const directory = await mkdtemp(join(tmpdir(), 'weinao-check-'));
  try {
    const postgres = await startPostgres({ directory });
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
