import type { PoolClient } from 'pg';
import { moveCheckpoint, readCheckpoint } from './checkpoint.ts';
import { Follower } from './follower.ts';
import type { StandBy } from './follower.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { PageFold } from './page-fold.ts';
import type { Faults } from './page-fold.ts';
import { rebuild, RebuildUnderWay } from './rebuild.ts';
import type { RebuildOptions, RebuildSubject } from './rebuild-subject.ts';
import { retryStream } from './retry.ts';
import type { RetryOutcome } from './retry.ts';
import { inTransaction } from './transaction.ts';
import type { Recorded } from '../event.ts';
import { isFault } from '../parking/event-fault.ts';
import { parkAll, parkedStreams } from '../parking/parking.ts';
import { MOST_TRIES, Tries } from '../parking/tries.ts';

export interface ProjectorOptions extends RebuildSubject {
  /** Told how far the rows are, at the start and after each commit. */
  onMoved?(position: bigint): void;
}

/** Keeps a projection's rows and its position in one transaction, so that they can never disagree. */
export class Projector {
  private readonly follower: Follower;
  private readonly tries = new Tries();
  private folding: PageFold;
  private saidToStandBy = false;

  constructor(private readonly options: ProjectorOptions) {
    this.folding = new PageFold(options.schema, options.projection);
    this.follower = new Follower({
      name: `Projection ${options.projection.name}`,
      log: options.log,
      load: () => this.load(),
      handle: (page, after) => this.handle(page, after),
      report: (message, error) => options.report(message, error),
    });
  }

  get name(): string {
    return this.options.projection.name;
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
   * Makes the rows anew beside the old ones, whichever version these are of, and swaps them in; those who read, and a
   * projector that runs beside, go on meanwhile. What is parked is tried again on the way. One at a time on a pool,
   * because each holds a connection while it reads by another.
   *
   * @throws RebuildUnderWay when another process is at it; Error when a table cannot be copied
   */
  async rebuild(options: RebuildOptions = {}): Promise<void> {
    const { pool, onMoved } = this.options;
    const position = await oneAtATime(pool, () => rebuild(this.options, options));
    if (position !== undefined) onMoved?.(position);
  }

  /** Folds what was left out of a parked stream, and goes on with it: see `retryStream`. */
  retry(stream: string): Promise<RetryOutcome> {
    return retryStream(this.options, stream);
  }

  private async load(): Promise<bigint | StandBy> {
    const { pool, schema, projection, report } = this.options;
    const { name, version } = projection;
    let stored = await readCheckpoint(pool, schema, name);
    if (stored.version < version) {
      try {
        await this.rebuild({ onlyOver: 'older' });
      } catch (error) {
        if (error instanceof RebuildUnderWay) return { standBy: 0n };
        throw error;
      }
      stored = await readCheckpoint(pool, schema, name);
    }
    if (stored.version > version) {
      if (!this.saidToStandBy)
        report(
          `Projection ${name} stands by: its rows are of version ${stored.version}, newer than ${version}`,
        );
      this.saidToStandBy = true;
      return { standBy: stored.position };
    }
    this.saidToStandBy = false;
    this.folding = new PageFold(schema, projection); // the tables may be others than before
    this.options.onMoved?.(stored.position);
    return stored.position;
  }

  private async handle(page: readonly Recorded[], after: bigint): Promise<boolean> {
    const { pool, onMoved } = this.options;
    let moved: boolean;
    try {
      moved = await inTransaction(pool, (client) => this.fold(client, page, after));
    } catch (error) {
      if (!isFault(error) || !this.tries.failedAfter(after)) throw error;
      moved = await this.foldAndPark(page, after);
    }
    if (moved) onMoved?.(page.at(-1)!.position);
    return moved;
  }

  private async fold(client: PoolClient, page: readonly Recorded[], after: bigint): Promise<boolean> {
    const events = await this.move(client, page, after);
    if (events) await this.folding.fold(client, events);
    return events !== undefined;
  }

  private async foldAndPark(page: readonly Recorded[], after: bigint): Promise<boolean> {
    const { pool, schema, projection, report } = this.options;
    const faults: Faults = new Map();
    const moved = await inTransaction(pool, async (client) => {
      const events = await this.move(client, page, after);
      if (!events) return false;
      await this.folding.foldAround(client, events, faults);
      await parkAll(client, schema, projection.name, [...faults.values()], MOST_TRIES);
      return true;
    });
    if (moved) {
      for (const fault of faults.values()) {
        const { stream, position } = fault.event;
        report(
          `Projection ${projection.name} leaves out ${stream} from position ${position} on: it is parked`,
          fault,
        );
      }
    }
    return moved;
  }

  /** @returns the page without what is parked; undefined when another process was faster, or has a newer version */
  private async move(
    client: PoolClient,
    page: readonly Recorded[],
    after: bigint,
  ): Promise<readonly Recorded[] | undefined> {
    const { schema, projection } = this.options;
    const { name, version } = projection;
    const to = page.at(-1)!.position;
    if (!(await moveCheckpoint(client, schema, name, after, to, version))) return undefined;
    const parked = await parkedStreams(client, schema, name);
    return parked.size === 0 ? page : page.filter(({ stream }) => !parked.has(stream));
  }
}
