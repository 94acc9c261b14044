import type { PoolClient } from 'pg';
import { PageFold } from './page-fold.ts';
import type { Faults } from './page-fold.ts';
import { pagesAhead } from './pages-ahead.ts';
import type { Projection } from './projection.ts';
import { ProgressMeter } from './rebuild-progress.ts';
import type { RebuildOptions, RebuildSubject } from './rebuild-subject.ts';
import { RowSet } from './row-set.ts';
import { fillBySql, reasonToFold } from './sql-rebuild.ts';
import { transact } from './transaction.ts';
import type { Recorded } from '../event.ts';
import { isRefusal } from '../parking/event-fault.ts';

export interface RebuildLimits {
  readonly page: number;
  /** About as many rows are kept in memory before they are written. */
  readonly rows: number;
  /** After a pass over so few events, the rest is few enough to be folded while the live projector waits. */
  readonly near: number;
}

export const LIMITS: RebuildLimits = { page: 1_000, rows: 100_000, near: 1_000 };

/**
 * Folds a log from its beginning into the shadow of a projection. Nobody sees these tables yet, so rows are written when
 * there are too many for memory, and in the end; before the first writing there is nothing to load either.
 */
export class ShadowFilling {
  readonly faults: Faults = new Map();
  /** Everything up to here is folded; up to `written` it is in the shadow tables, the rest in memory. */
  private folded = 0n;
  private written = 0n;
  /** Up to here each page is written by itself, to find what the database refuses. */
  private carefulUntil = 0n;
  private rows: RowSet;
  private readonly folding: PageFold;
  private readonly meter: ProgressMeter;

  constructor(
    private readonly client: PoolClient,
    private readonly subject: RebuildSubject,
    private readonly options: RebuildOptions,
    private readonly shadow: Projection,
    private readonly limits: RebuildLimits,
  ) {
    this.rows = new RowSet(shadow.tables);
    this.folding = new PageFold(subject.schema, shadow);
    this.meter = new ProgressMeter(shadow.name, (progress) => options.progress?.(progress));
  }

  get position(): bigint {
    return this.folded;
  }

  /** Up to somewhere near the head. */
  async fill(): Promise<void> {
    if (this.options.by !== 'fold') await this.fillBySql();
    let events: number;
    do events = await this.foldUpTo(await this.subject.log.head());
    while (events > this.limits.near);
  }

  /** Up to the head, in the transaction that holds the live checkpoint. */
  async foldRest(): Promise<void> {
    const head = await this.subject.log.head();
    for await (const page of pagesAhead(this.subject.log, this.folded, head, this.limits.page)) {
      await this.folding.foldAround(this.client, page, this.faults);
      this.folded = page.at(-1)!.position;
      this.meter.moved(page.length, this.folded, head);
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
      await transact(this.client, () => fillBySql(this.client, this.subject, this.shadow, head));
    } catch (error) {
      if (this.options.by === 'sql' || !isRefusal(error)) throw error;
      return report(`Projection ${projection.name} cannot be rebuilt in SQL; it is folded`, error);
    }
    this.folded = this.written = head;
    this.meter.moved(Number(head), head, head);
  }

  /** @returns how many events that took */
  private async foldUpTo(head: bigint): Promise<number> {
    let events = 0;
    let complete: boolean;
    do {
      complete = true;
      for await (const page of pagesAhead(this.subject.log, this.folded, head, this.limits.page)) {
        complete = await this.take(page);
        if (!complete) break;
        events += page.length;
        this.meter.moved(page.length, this.folded, head);
      }
      complete &&= await this.write();
    } while (!complete);
    if (this.folded < head) this.folded = head; // a log with gaps may end with one
    return events;
  }

  /** @returns false when the database refused rows: then this and what came before is to be folded again, carefully */
  private async take(page: readonly Recorded[]): Promise<boolean> {
    const { client, folding, faults } = this;
    if (this.folded < this.carefulUntil) {
      await transact(client, () => folding.foldAround(client, page, faults));
      this.folded = this.written = page.at(-1)!.position;
      return true;
    }
    if (this.written === 0n) folding.foldIntoEmpty(this.rows, page, faults);
    else await folding.foldInto(this.rows, client, page, faults);
    this.folded = page.at(-1)!.position;
    return this.rows.size < this.limits.rows || (await this.write());
  }

  private async write(): Promise<boolean> {
    const rows = this.rows;
    this.rows = new RowSet(this.shadow.tables);
    try {
      await transact(this.client, () => this.folding.save(this.client, rows));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.carefulUntil = this.folded;
      this.folded = this.written;
      return false;
    }
    this.written = this.folded;
    return true;
  }
}
