import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the contenders meet: one PostgreSQL server and one nats-server for all of them. */
export class Ground {
  constructor(
    private readonly serverUrl: string,
    readonly natsUrl: string,
    /** Of the full size of everything: 1, or less to try things out. */
    readonly share: number,
  ) {}

  /** A fresh, empty database. @returns its URL */
  async database(cleanup: AsyncDisposableStack): Promise<string> {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    await this.administer(`create database ${name}`);
    cleanup.defer(() => this.administer(`drop database ${name} with (force)`));
    const url = new URL(this.serverUrl);
    url.pathname = `/${name}`;
    return url.href;
  }

  /** Nobody pays for the pages that the contender before left unwritten. */
  settle(): Promise<void> {
    return this.administer('checkpoint');
  }

  private async administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.serverUrl });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
