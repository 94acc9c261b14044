import pg from 'pg';
import type { Pool } from 'pg';
import type { Projection } from './projection.ts';
import { Arrivals } from '../arrivals.ts';
import { Nap } from '../nap.ts';

export interface ReadModelProgressOptions {
  readonly pool: Pool;
  /** The plugin's schema. */
  readonly schema: string;
  readonly projections: readonly Pick<Projection, 'name' | 'version'>[];
}

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;
const GROWTH = 1.5;

/**
 * How far a plugin's read models are, whichever process writes them: told by the projectors of this process, and looked
 * up in the checkpoints where these run in another one. One look serves all who wait; nobody looks when nobody waits.
 */
export class ReadModelProgress {
  private readonly positions = new Map<string, bigint>();
  private readonly arrivals = new Arrivals((position) => this.isEverywhere(position));
  private looking = false;
  private told = -Infinity;
  private pause = FIRST_PAUSE_MS;
  private readonly nap = new Nap();

  constructor(private readonly options: ReadModelProgressOptions) {}

  /** A projector of this process has come so far. */
  moved(projection: string, position: bigint): void {
    this.told = performance.now();
    this.positions.set(projection, position);
    this.arrivals.moved();
  }

  /** Resolves once every read model, in the version of this program, shows the position. @throws Error after the deadline */
  async reached(position: bigint, timeoutMs: number): Promise<void> {
    if (this.isEverywhere(position)) return;
    const late = `The read models did not reach position ${position} within ${timeoutMs} ms`;
    const arrival = this.arrivals.until(position, timeoutMs, late);
    if (this.pause > 2 * FIRST_PAUSE_MS) this.nap.end();
    this.pause = FIRST_PAUSE_MS;
    if (!this.looking) void this.lookWhileSomebodyWaits();
    await arrival;
  }

  private isEverywhere(position: bigint): boolean {
    return this.options.projections.every(({ name }) => (this.positions.get(name) ?? 0n) >= position);
  }

  private async lookWhileSomebodyWaits(): Promise<void> {
    this.looking = true;
    while (this.arrivals.some) {
      await this.nap.sleep(this.pause);
      this.pause = Math.min(this.pause * GROWTH, LONGEST_PAUSE_MS);
      if (this.arrivals.some && performance.now() - this.told > LONGEST_PAUSE_MS) await this.look();
    }
    this.looking = false;
  }

  /** The database being away is the business of whoever writes; here it only means that there is nothing new. */
  private async look(): Promise<void> {
    const { pool, schema, projections } = this.options;
    const { rows } = await pool
      .query<{ name: string; position: string }>({
        name: `${schema}.progress`,
        text: `select name, position from ${pg.escapeIdentifier(schema)}.checkpoints
          join unnest($1::text[], $2::integer[]) as wanted (name, version) using (name, version)`,
        values: [projections.map(({ name }) => name), projections.map(({ version }) => version)],
      })
      .catch(() => ({ rows: [] }));
    for (const { name, position } of rows) this.positions.set(name, BigInt(position));
    this.arrivals.moved();
  }
}
