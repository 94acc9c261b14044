import pg from 'pg';

/** One constant for all: a server serves one data directory, so the lock needs no further name. */
const lockKey = '8097873711';

/** The session-level advisory lock that makes one process the owner of a server. */
export class OwnershipLock {
  /** Resolves when the session has ended, for whatever reason. */
  readonly lost: Promise<void>;

  private constructor(private readonly client: pg.Client) {
    this.lost = new Promise((resolve) => client.once('end', () => resolve()));
  }

  /** Undefined when another process holds the lock; rejects when the server accepts no session. */
  static async take(url: string): Promise<OwnershipLock | undefined> {
    const client = newClient(url);
    const lock = new OwnershipLock(client);
    try {
      await client.connect();
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
        lockKey,
      ]);
      if (rows[0]?.taken === true) return lock;
    } catch (error) {
      await lock.release();
      throw error;
    }
    await lock.release();
    return undefined;
  }

  async serverVersion(): Promise<string> {
    const { rows } = await this.client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? '';
  }

  async createDatabaseIfMissing(name: string): Promise<void> {
    const { rowCount } = await this.client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await this.client.query(`create database ${this.client.escapeIdentifier(name)}`);
  }

  async release(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

export async function acceptsConnections(url: string): Promise<boolean> {
  const client = newClient(url);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function newClient(url: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    ssl: false,
    application_name: 'weinao embedded',
    connectionTimeoutMillis: 5000,
  });
  // Without a listener, the end of the server would end this process too.
  client.on('error', () => undefined);
  return client;
}
