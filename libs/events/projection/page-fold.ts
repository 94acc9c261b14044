import type { PoolClient } from 'pg';
import type { Projection, RowKey } from './projection.ts';
import { RowSet } from './row-set.ts';
import { RowStorage } from './row-storage.ts';
import type { Recorded } from '../event.ts';
import { EventFault, isRefusal } from '../parking/event-fault.ts';

/** By stream, the event that cannot be folded: what the stream has from there on is left out. */
export type Faults = Map<string, EventFault>;

/** Folds pages of events into a projection's tables, in the transaction of whoever asks. */
export class PageFold {
  private readonly storage: RowStorage;

  constructor(
    schema: string,
    private readonly projection: Projection,
  ) {
    this.storage = new RowStorage(schema, projection.tables);
  }

  /** @throws EventFault when an event's fold throws; the database's error when it refuses the rows */
  async fold(client: PoolClient, events: readonly Recorded[]): Promise<void> {
    const rows = new RowSet(this.projection.tables);
    const keys = events.flatMap((event) => this.touched(event));
    await this.storage.load(client, keys, rows);
    for (const event of events) this.foldEvent(event, rows);
    await this.storage.save(client, rows);
  }

  /**
   * As `fold`, but leaves out what is at fault, and adds it to the faults. What the database refuses is searched by
   * halves, so that one bad event among a thousand costs about twenty attempts.
   */
  async foldAround(client: PoolClient, events: readonly Recorded[], faults: Faults): Promise<void> {
    let [from, size] = [0, events.length];
    while (from < events.length) {
      const part = events.slice(from, from + size).filter((event) => isBefore(event, faults));
      const refusal = await this.attempt(client, part, faults);
      if (refusal === undefined) {
        from += size;
        size *= 2;
      } else if (part.length === 1) faults.set(part[0]!.stream, new EventFault(part[0]!, refusal));
      else size = Math.ceil(size / 2);
    }
  }

  /** Folds around the faults, into rows that are loaded where they are not known yet. */
  async foldInto(
    rows: RowSet,
    client: PoolClient,
    events: readonly Recorded[],
    faults: Faults,
  ): Promise<void> {
    const keys: RowKey[] = [];
    for (const event of events) {
      blame(event, faults, () => {
        for (const key of this.touched(event)) keys.push(key);
      });
    }
    await this.storage.load(client, keys, rows);
    for (const event of events) blame(event, faults, () => this.foldEvent(event, rows));
  }

  /** The same where the tables are empty, so that there is nothing to load. */
  foldIntoEmpty(rows: RowSet, events: readonly Recorded[], faults: Faults): void {
    for (const event of events) {
      blame(event, faults, () => {
        for (const key of this.touched(event)) if (!rows.isLoaded(key)) rows.load(key, undefined);
        this.foldEvent(event, rows);
      });
    }
  }

  save(client: PoolClient, rows: RowSet): Promise<void> {
    return this.storage.save(client, rows);
  }

  private touched(event: Recorded): readonly RowKey[] {
    try {
      return this.projection.touches(event);
    } catch (error) {
      throw new EventFault(event, error);
    }
  }

  /** @throws EventFault; then the rows are as before */
  private foldEvent(event: Recorded, rows: RowSet): void {
    try {
      this.projection.fold(event, rows);
      rows.settle();
    } catch (error) {
      rows.revert();
      throw new EventFault(event, error);
    }
  }

  /** @returns why the database refused the rows; then nothing of them stays */
  private async attempt(client: PoolClient, events: readonly Recorded[], faults: Faults): Promise<unknown> {
    await client.query('savepoint attempt');
    try {
      const rows = new RowSet(this.projection.tables);
      await this.foldInto(rows, client, events, faults);
      await this.save(client, rows);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await client.query('rollback to savepoint attempt');
      return error;
    }
    await client.query('release savepoint attempt');
    return undefined;
  }
}

function isBefore({ stream, position }: Recorded, faults: Faults): boolean {
  if (faults.size === 0) return true;
  const fault = faults.get(stream);
  return fault === undefined || position < fault.event.position;
}

/** Does the work of an event unless its stream is at fault already. */
function blame(event: Recorded, faults: Faults, work: () => void): void {
  if (!isBefore(event, faults)) return;
  try {
    work();
  } catch (error) {
    if (!(error instanceof EventFault)) throw error;
    faults.set(event.stream, error);
  }
}
