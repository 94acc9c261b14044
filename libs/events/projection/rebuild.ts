import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { lockCheckpoint, readCheckpoint, resetCheckpoint } from './checkpoint.ts';
import { PageFold } from './page-fold.ts';
import type { Faults } from './page-fold.ts';
import { pagesAhead } from './pages-ahead.ts';
import type { Projection } from './projection.ts';
import { ProgressMeter } from './rebuild-progress.ts';
import type { RebuildProgress } from './rebuild-progress.ts';
import { RowSet } from './row-set.ts';
import { ShadowTables } from './shadow-tables.ts';
import { fillBySql, reasonToFold } from './sql-rebuild.ts';
import { transact } from './transaction.ts';
import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';
import { isRefusal } from '../parking/event-fault.ts';
import { parkAll, unparkAll } from '../parking/parking.ts';
import type { Upcasters } from '../upcaster.ts';

export interface RebuildSubject {
  readonly pool: Pool;
  /** The plugin's schema. */
  readonly schema: string;
  readonly log: EventLog;
  readonly projection: Projection;
  /** Given where the log is a PostgreSQL one in this schema: then a projection that is also said in SQL is rebuilt so. */
  readonly eventsTable?: { readonly upcasters: Upcasters };
  report(message: string, error?: unknown): void;
}

export interface RebuildOptions {
  /** `sql` and `fold` insist on a way; without it, SQL is taken where it can be. */
  readonly by?: 'sql' | 'fold';
  /** Only where an older version stands: who raises a version does not put it over a newer one. */
  readonly onlyOver?: 'older';
  progress?(progress: RebuildProgress): void;
}

export interface RebuildLimits {
  readonly page: number;
  /** About as many rows are kept in memory before they are written. */
  readonly rows: number;
  /** After a pass over so few events, the rest is few enough to be folded while the live projector waits. */
  readonly near: number;
}

const LIMITS: RebuildLimits = { page: 5_000, rows: 100_000, near: 1_000 };
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** A reader that keeps a table for longer than this many attempts, about ten seconds, is told of. */
const PATIENT_ATTEMPTS = 10;

/** Two rebuilds of a projection at a time would only be in each other's way. */
export class RebuildUnderWay extends Error {
  override readonly name = 'RebuildUnderWay';

  constructor(projection: string) {
    super(`Projection ${projection} is being rebuilt already; wait until that is done`);
  }
}

/**
 * Folds the whole log into tables beside the live ones, and swaps them in. Until the swap, a short transaction near the
 * head, nobody notices: readers read and projectors fold as before. What stops it on the way leaves the live rows alone.
 *
 * @returns the position of the new rows, or undefined where `onlyOver` forbade them
 * @throws RebuildUnderWay; Error when a table cannot be copied, or the log or the database fails
 */
export async function rebuild(
  subject: RebuildSubject,
  options: RebuildOptions = {},
  limits: RebuildLimits = LIMITS,
): Promise<bigint | undefined> {
  const { pool, schema, projection } = subject;
  await readCheckpoint(pool, schema, projection.name);
  const client = await pool.connect();
  client.on('error', () => undefined); // it breaks between two queries: the next one tells
  try {
    await assertAlone(client, subject);
    return await new Rebuild(subject, options, limits, client).run();
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    client.release(true); // a session that could not unlock gives the lock back by its end
  }
}

/** For as long as the session lives, or unlocks. @throws RebuildUnderWay */
async function assertAlone(client: PoolClient, { schema, projection }: RebuildSubject): Promise<void> {
  const { rows } = await client.query<{ alone: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as alone',
    [`weinao rebuild ${schema} ${projection.name}`],
  );
  if (!rows[0]!.alone) throw new RebuildUnderWay(projection.name);
}

class Rebuild {
  private readonly shadow: ShadowTables;
  private readonly folding: PageFold;
  private readonly meter: ProgressMeter;
  private readonly faults: Faults = new Map();
  private rows: RowSet;
  /** Everything up to here is folded; up to `written` it is in the shadow tables, the rest in memory. */
  private position = 0n;
  private written = 0n;
  /** Up to here each page is written by itself, to find what the database refuses. */
  private carefulUntil = 0n;

  constructor(
    private readonly subject: RebuildSubject,
    private readonly options: RebuildOptions,
    private readonly limits: RebuildLimits,
    private readonly client: PoolClient,
  ) {
    const { schema, projection } = subject;
    this.shadow = new ShadowTables(schema, projection);
    this.folding = new PageFold(schema, this.shadow.projection);
    this.rows = this.noRows();
    this.meter = new ProgressMeter(projection.name, (progress) => options.progress?.(progress));
  }

  async run(): Promise<bigint | undefined> {
    const { client, shadow } = this;
    try {
      await transact(client, () => shadow.create(client));
      if (this.options.by !== 'fold') await this.fillBySql();
      await this.fillByFolding();
      await shadow.analyze(client);
      return await this.swapIn();
    } catch (error) {
      await shadow.drop(client).catch(() => undefined); // else the next rebuild does it
      throw error;
    }
  }

  private async fillBySql(): Promise<void> {
    const { log, projection, report, eventsTable } = this.subject;
    const head = await log.head();
    const reason = await reasonToFold(this.client, this.subject);
    if (reason !== undefined) {
      const message = `Projection ${projection.name} cannot be rebuilt in SQL: ${reason}`;
      if (this.options.by === 'sql') throw new Error(message);
      if (projection.sql && eventsTable) report(`${message}; it is folded`);
      return;
    }
    try {
      await transact(this.client, () => fillBySql(this.client, this.subject, this.shadow.projection, head));
    } catch (error) {
      if (this.options.by === 'sql' || !isRefusal(error)) throw error;
      return report(`Projection ${projection.name} cannot be rebuilt in SQL; it is folded`, error);
    }
    this.position = this.written = head;
    this.meter.moved(Number(head), head, head);
  }

  private async fillByFolding(): Promise<void> {
    let events: number;
    do events = await this.foldUpTo(await this.subject.log.head());
    while (events > this.limits.near);
  }

  /** @returns how many events that took */
  private async foldUpTo(head: bigint): Promise<number> {
    let events = 0;
    let complete: boolean;
    do {
      complete = true;
      for await (const page of pagesAhead(this.subject.log, this.position, head, this.limits.page)) {
        complete = await this.take(page);
        if (!complete) break;
        events += page.length;
        this.meter.moved(page.length, this.position, head);
      }
      complete &&= await this.write();
    } while (!complete);
    if (this.position < head) this.position = head; // a log with gaps may end with one
    return events;
  }

  /** @returns false when the database refused rows: then this and what came before is to be folded again, carefully */
  private async take(page: readonly Recorded[]): Promise<boolean> {
    const { client, folding, faults } = this;
    if (this.position < this.carefulUntil) {
      await transact(client, () => folding.foldAround(client, page, faults));
      this.position = this.written = page.at(-1)!.position;
      return true;
    }
    if (this.written === 0n) folding.foldIntoEmpty(this.rows, page, faults);
    else await folding.foldInto(this.rows, client, page, faults);
    this.position = page.at(-1)!.position;
    return this.rows.size < this.limits.rows || (await this.write());
  }

  private async write(): Promise<boolean> {
    const rows = this.rows;
    this.rows = this.noRows();
    try {
      await transact(this.client, () => this.folding.save(this.client, rows));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.carefulUntil = this.position;
      this.position = this.written;
      return false;
    }
    this.written = this.position;
    return true;
  }

  private async swapIn(): Promise<bigint | undefined> {
    const { projection, report } = this.subject;
    let wait = FIRST_PAUSE_MS;
    for (let attempt = 1; ; attempt++) {
      const outcome = await transact(this.client, () => this.attemptSwap());
      if (outcome === 'forbidden') return undefined;
      if (outcome === 'swapped') break;
      if (attempt === PATIENT_ATTEMPTS)
        report(`The new rows of ${projection.name} wait for somebody who keeps a table locked`);
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
    const [first] = this.faults.values();
    if (first)
      report(`Projection ${projection.name} left ${this.faults.size} streams parked; the first`, first);
    return this.position;
  }

  private async attemptSwap(): Promise<'swapped' | 'held' | 'forbidden'> {
    const { client, shadow } = this;
    const { schema, projection } = this.subject;
    const { name, version } = projection;
    const live = await lockCheckpoint(client, schema, name);
    if (this.options.onlyOver === 'older' && live.version >= version) {
      await shadow.drop(client);
      return 'forbidden';
    }
    await this.foldRest();
    if (!(await shadow.swap(client))) return 'held';
    await resetCheckpoint(client, schema, name, { version, position: this.position });
    await unparkAll(client, schema, name);
    await parkAll(client, schema, name, [...this.faults.values()], 1);
    return 'swapped';
  }

  /** In the transaction that holds the live checkpoint. */
  private async foldRest(): Promise<void> {
    const head = await this.subject.log.head();
    for await (const page of pagesAhead(this.subject.log, this.position, head, this.limits.page)) {
      await this.folding.foldAround(this.client, page, this.faults);
      this.position = page.at(-1)!.position;
      this.meter.moved(page.length, this.position, head);
    }
  }

  private noRows(): RowSet {
    return new RowSet(this.shadow.projection.tables);
  }
}
