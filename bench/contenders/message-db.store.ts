import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Pool } from 'pg';
import type { Fact } from './fact.ts';
import type { Store } from './store.ts';
import { openPool } from '../frame/connections.ts';

const DATABASE = join(
  dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json')),
  'database',
);

/** In the order of the package's install.sh; its roles, privileges and views are for people and not for writing. */
const PARTS = [
  'schema/message-store',
  'extensions/pgcrypto',
  'tables/messages',
  'types/message',
  ...['hash-64', 'category', 'acquire-lock', 'stream-version', 'write-message'].map(
    (name) => `functions/${name}`,
  ),
  ...['id', 'stream', 'category'].map((name) => `indexes/messages-${name}`),
];

/** @eventide/message-db, by its SQL function `write_message`. */
export class MessageDbStore implements Store {
  private constructor(private readonly pool: Pool) {}

  static async open(
    url: string,
    connections: number,
    cleanup: AsyncDisposableStack,
  ): Promise<MessageDbStore> {
    const options = '-c search_path=message_store,public';
    const pool = openPool(url, cleanup, { max: connections, options });
    for (const part of PARTS) await pool.query(await readFile(join(DATABASE, `${part}.sql`), 'utf8'));
    return new MessageDbStore(pool);
  }

  /** Its streams are named `category-id`, and writers of one category take turns. */
  append({ id, stream, type, data, metadata }: Fact): Promise<unknown> {
    return this.pool.query({
      name: 'write-message',
      text: 'select write_message($1, $2, $3, $4, $5, $6)',
      values: [id, stream.replaceAll('/', '-'), type, JSON.stringify(data), JSON.stringify(metadata), -1],
    });
  }
}
