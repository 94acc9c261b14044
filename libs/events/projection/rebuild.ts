import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { lockCheckpoint, readCheckpoint, resetCheckpoint } from './checkpoint.ts';
import type { RebuildOptions, RebuildSubject } from './rebuild-subject.ts';
import { LIMITS, ShadowFilling } from './shadow-filling.ts';
import type { RebuildLimits } from './shadow-filling.ts';
import { ShadowTables } from './shadow-tables.ts';
import { transact } from './transaction.ts';
import { parkAll, unparkAll } from '../parking/parking.ts';

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
  const later = (): void => undefined; // it breaks between two queries: the next one tells
  client.on('error', later);
  try {
    await assertAlone(client, subject);
    return await new Rebuild(subject, options, limits, client).run();
  } finally {
    const unlocked = await client.query('select pg_advisory_unlock_all()').then(
      () => true,
      () => false,
    );
    client.off('error', later);
    // one that could not unlock gives the lock back by its end; any other stays, or the next append would wait for a new one
    client.release(!unlocked);
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
  private readonly filling: ShadowFilling;

  constructor(
    private readonly subject: RebuildSubject,
    private readonly options: RebuildOptions,
    limits: RebuildLimits,
    private readonly client: PoolClient,
  ) {
    this.shadow = new ShadowTables(subject.schema, subject.projection);
    this.filling = new ShadowFilling(client, subject, options, this.shadow.projection, limits);
  }

  async run(): Promise<bigint | undefined> {
    const { client, shadow, filling } = this;
    try {
      await transact(client, () => shadow.create(client));
      await filling.fill();
      await shadow.analyze(client);
      return await this.swapIn();
    } catch (error) {
      await shadow.drop(client).catch(() => undefined); // else the next rebuild does it
      throw error;
    }
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
    this.reportFaults();
    return this.filling.position;
  }

  private async attemptSwap(): Promise<'swapped' | 'held' | 'forbidden'> {
    const { client, shadow, filling } = this;
    const { schema, projection } = this.subject;
    const { name, version } = projection;
    const live = await lockCheckpoint(client, schema, name);
    if (this.options.onlyOver === 'older' && live.version >= version) {
      await shadow.drop(client);
      return 'forbidden';
    }
    await filling.foldRest();
    if (!(await shadow.swap(client))) return 'held';
    await resetCheckpoint(client, schema, name, { version, position: filling.position });
    await unparkAll(client, schema, name);
    await parkAll(client, schema, name, [...filling.faults.values()], 1);
    return 'swapped';
  }

  private reportFaults(): void {
    const { projection, report } = this.subject;
    const { faults } = this.filling;
    const [first] = faults.values();
    if (first) report(`Projection ${projection.name} left ${faults.size} streams parked; the first`, first);
  }
}
