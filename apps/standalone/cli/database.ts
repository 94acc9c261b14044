import { runningPostgres, startPostgres } from '@weinao/embedded';
import { dataDirectory } from '../data-directory.ts';

/** DATABASE_URL; else the embedded PostgreSQL, which is started for as long as it takes where it does not run. */
export async function withDatabase(work: (databaseUrl: string) => Promise<void>): Promise<void> {
  const directory = dataDirectory();
  const running = process.env.DATABASE_URL ?? (await runningPostgres({ directory }));
  if (running) return work(running);
  const postgres = await startPostgres({ directory });
  try {
    await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
