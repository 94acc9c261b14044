import type { Pool, PoolClient } from 'pg';
import { moveCheckpoint, readCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';

/** So many positions further it is written, even where nothing was done: then a start does not read them all again. */
const INTERVAL = 1_000n;

/** A checkpoint that is written with the work, and now and then without: an event that leads to nothing costs no write. */
export class LazyCheckpoint {
  private stored: Checkpoint = { version: 0, position: 0n };

  constructor(
    private readonly schema: string,
    private readonly name: string,
  ) {}

  async load(pool: Pool): Promise<Checkpoint> {
    return (this.stored = await readCheckpoint(pool, this.schema, this.name));
  }

  /** @returns false when another process moved it, or this one could not commit: load it again. */
  async moveTo(client: Pool | PoolClient, position: bigint, worked: boolean): Promise<boolean> {
    const { schema, name, stored } = this;
    if (position <= stored.position || (!worked && position - stored.position < INTERVAL)) return true;
    const moved = await moveCheckpoint(client, schema, name, stored.position, position, stored.version);
    if (moved) this.stored = { ...stored, position };
    return moved;
  }
}
