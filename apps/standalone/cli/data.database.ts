import { runningPostgres, startPostgres } from '@weinao/embedded';
import { dataDirectory } from '../data-directory.ts';

/** DATABASE_URL; else the embedded PostgreSQL, which is started for as long as it takes where it does not run. */
export async function withDatabase<Value>(work: (databaseUrl: string) => Promise<Value>): Promise<Value> {
  const directory = dataDirectory();
  const running = process.env.DATABASE_URL ?? (await runningPostgres({ directory }));
  if (running) return work(running);
  const postgres = await startPostgres({ directory });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
