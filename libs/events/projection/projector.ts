import type { Pool } from 'pg';
import { lockCheckpoint, moveCheckpoint, readCheckpoint, resetCheckpoint } from './checkpoint.ts';
import { Follower } from './follower.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Projection } from './projection.ts';
import { clearRows, loadRows, saveRows } from './row-storage.ts';
import { RowSet } from './row-set.ts';
import { inTransaction } from './transaction.ts';
import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';
import type { PoolClient } from 'pg';

export interface ProjectorOptions {
  readonly pool: Pool;
  /** The plugin's schema. */
  readonly schema: string;
  readonly log: EventLog;
  readonly projection: Projection;
  report(message: string, error: unknown): void;
}

type RebuildProgress = (position: bigint, head: bigint) => void;

const REBUILD_PAGE = 5_000;

/** Keeps a projection's rows and its position in one transaction, so that they can never disagree. */
export class Projector {
  private readonly follower: Follower;

  constructor(private readonly options: ProjectorOptions) {
    this.follower = new Follower({
      name: `Projection ${options.projection.name}`,
      log: options.log,
      load: () => this.load(),
      handle: (page, after) => inTransaction(options.pool, (client) => this.foldPage(client, page, after)),
      report: (message, error) => options.report(message, error),
    });
  }

  start(): void {
    this.follower.start();
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  reached(position: bigint, timeoutMs: number): Promise<void> {
    return this.follower.reached(position, timeoutMs);
  }

  /**
   * Folds the whole log again, in one transaction: readers see the old rows until the new ones are complete, and a
   * projector that runs beside waits and then goes on from the new position. One at a time on a pool, because each holds
   * a connection while it reads by another.
   *
   * @param progress is told the position after each page, and the head.
   */
  async rebuild(progress: RebuildProgress = () => undefined): Promise<void> {
    const { pool, schema, projection } = this.options;
    await readCheckpoint(pool, schema, projection.name);
    await oneAtATime(pool, () => inTransaction(pool, (client) => this.foldEverything(client, progress)));
  }

  private async foldEverything(client: PoolClient, progress: RebuildProgress): Promise<boolean> {
    const { schema, log, projection } = this.options;
    await lockCheckpoint(client, schema, projection.name);
    await clearRows(client, schema, projection);
    const head = await log.head();
    let position = 0n;
    while (position < head) {
      const page = await log.read({ after: position, limit: REBUILD_PAGE });
      await this.foldRows(client, page);
      position = page.at(-1)!.position;
      progress(position, head);
    }
    await resetCheckpoint(client, schema, projection.name, { version: projection.version, position });
    return true;
  }

  private async load(): Promise<bigint> {
    const { pool, schema, projection } = this.options;
    const { version, position } = await readCheckpoint(pool, schema, projection.name);
    if (version === projection.version) return position;
    await this.rebuild();
    return (await readCheckpoint(pool, schema, projection.name)).position;
  }

  private async foldPage(client: PoolClient, page: readonly Recorded[], after: bigint): Promise<boolean> {
    const { schema, projection } = this.options;
    const { name, version } = projection;
    const moved = await moveCheckpoint(client, schema, name, after, page.at(-1)!.position, version);
    if (moved) await this.foldRows(client, page);
    return moved;
  }

  private async foldRows(client: PoolClient, page: readonly Recorded[]): Promise<void> {
    const { schema, projection } = this.options;
    const rows = new RowSet(projection.tables);
    await loadRows(
      client,
      schema,
      projection,
      page.flatMap((event) => projection.touches(event)),
      rows,
    );
    for (const event of page) projection.fold(event, rows);
    await saveRows(client, schema, rows);
  }
}
