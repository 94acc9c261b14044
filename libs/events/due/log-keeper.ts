import type { Pool, PoolClient } from 'pg';
import type { Recorded } from '../event.ts';
import { fingerprint } from '../identifiers.ts';
import type { EventLog } from '../log/event-log.ts';
import { park, parkedStreams, unparkAll } from '../parking/parking.ts';
import { MOST_TRIES } from '../parking/tries.ts';
import { lockCheckpoint, readCheckpoint, resetCheckpoint } from '../projection/checkpoint.ts';
import { Follower } from '../projection/follower.ts';
import { LazyCheckpoint } from '../projection/lazy-checkpoint.ts';
import { oneAtATime } from '../projection/one-at-a-time.ts';
import { inTransaction } from '../projection/transaction.ts';

export interface LogKeeperOptions<Change> {
  /** Name of the checkpoint. */
  readonly name: string;
  /** Another one than at the last start: everything is derived from the log again. */
  readonly version: number;
  readonly pool: Pool;
  /** The plugin's schema. */
  readonly schema: string;
  readonly log: EventLog;
  /** What an event changes, as the plugin's functions say: pure, and complete, so that it can be written. */
  changesOf(event: Recorded): readonly Change[];
  write(client: PoolClient, changes: readonly Change[]): Promise<void>;
  /** Before everything is written again. */
  clear(client: PoolClient): Promise<void>;
  /** Once they are committed; without them, after everything was written again. */
  written(changes?: readonly Change[]): void;
  report(message: string, error?: unknown): void;
}

const REBUILD_PAGE = 5_000;

/** Keeps rows that say what is to be done, and the position that they stand for, in one transaction. */
export class LogKeeper<Change> {
  private readonly follower: Follower;
  private readonly checkpoint: LazyCheckpoint;
  private parked = new Set<string>();
  /** Where the log ended when it began. */
  private head: bigint | undefined;
  private caughtUp: () => void = () => undefined;
  /** Resolves when it has kept everything that stood in the log when it began. */
  readonly ready = new Promise<void>((resolve) => (this.caughtUp = resolve));

  constructor(private readonly options: LogKeeperOptions<Change>) {
    const { name, schema, log, report } = options;
    this.checkpoint = new LazyCheckpoint(schema, name);
    this.follower = new Follower({
      name: `The keeper of ${name}`,
      log,
      load: () => this.load(),
      handle: (page) => this.keep(page),
      report: (message, error) => report(message, error),
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

  private async load(): Promise<bigint> {
    const { pool, schema, name, version } = this.options;
    if ((await readCheckpoint(pool, schema, name)).version !== version) await this.rebuild();
    this.parked = await parkedStreams(pool, schema, name);
    const { position } = await this.checkpoint.load(pool);
    this.head ??= await this.options.log.head();
    this.isAt(position);
    return position;
  }

  private isAt(position: bigint): void {
    if (position >= this.head!) this.caughtUp();
  }

  private async keep(page: readonly Recorded[]): Promise<boolean> {
    const position = page.at(-1)!.position;
    const kept = await this.keepUpTo(position, page);
    if (kept) this.isAt(position);
    return kept;
  }

  private async keepUpTo(position: bigint, page: readonly Recorded[]): Promise<boolean> {
    const { pool, written } = this.options;
    if (await this.isAnyUnparked()) return false;
    const { changes, parking } = this.changesOf(page);
    if (changes.length + parking.length === 0) return this.checkpoint.moveTo(pool, position, false);
    const kept = await inTransaction(pool, async (client) => {
      if (!(await this.checkpoint.moveTo(client, position, true))) return false;
      await this.write(client, changes, parking);
      return true;
    });
    if (kept) written(changes);
    return kept;
  }

  /** Whoever takes a stream out of parking moves the checkpoint back, which a lazy one would not notice by itself. */
  private async isAnyUnparked(): Promise<boolean> {
    const { pool, schema, name } = this.options;
    if (this.parked.size === 0) return false;
    const parked = await parkedStreams(pool, schema, name);
    return [...this.parked].some((stream) => !parked.has(stream));
  }

  /** In one transaction; one at a time on a pool, because it holds a connection while it reads by another. */
  private async rebuild(): Promise<void> {
    const { pool, schema, name, version, clear, written } = this.options;
    await oneAtATime(pool, () =>
      inTransaction(pool, async (client) => {
        await lockCheckpoint(client, schema, name);
        await clear(client);
        await unparkAll(client, schema, name);
        this.parked.clear();
        const position = await this.writeEverything(client);
        await resetCheckpoint(client, schema, name, { version, position });
        return true;
      }),
    );
    written();
  }

  private async writeEverything(client: PoolClient): Promise<bigint> {
    const { log } = this.options;
    const head = await log.head();
    let position = 0n;
    while (position < head) {
      const page = await log.read({ after: position, limit: REBUILD_PAGE });
      const { changes, parking } = this.changesOf(page);
      await this.write(client, changes, parking);
      position = page.at(-1)!.position;
    }
    return position;
  }

  private async write(
    client: PoolClient,
    changes: readonly Change[],
    parking: readonly Parking[],
  ): Promise<void> {
    const { schema, name, write } = this.options;
    if (changes.length > 0) await write(client, changes);
    for (const { event, error } of parking) {
      const { stream, position, id: eventId } = event;
      await park(client, schema, { subscriber: name, stream, position, eventId, error });
    }
  }

  private changesOf(page: readonly Recorded[]): { changes: Change[]; parking: Parking[] } {
    const changes: Change[] = [];
    const parking: Parking[] = [];
    for (const event of page) {
      if (this.parked.has(event.stream)) continue;
      try {
        changes.push(...tried(() => this.options.changesOf(event)));
      } catch (error) {
        this.parked.add(event.stream);
        parking.push({ event, error });
        const what = `The keeper of ${this.options.name} cannot handle ${event.type} at position ${event.position}`;
        this.options.report(`${what}; it passes over ${event.stream}`, error);
      }
    }
    return { changes, parking };
  }
}

interface Parking {
  readonly event: Recorded;
  readonly error: unknown;
}

function tried<Value>(work: () => Value): Value {
  for (let tries = 1; ; tries++) {
    try {
      return work();
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
    }
  }
}

/** One number for all that a plugin defines of a kind: another one as soon as one comes, goes or has a new version. */
export const versionOf = (
  definitions: readonly { readonly name: string; readonly version: number }[],
): number =>
  parseInt(fingerprint(definitions.map(({ name, version }) => `${name} ${version}`).sort()).slice(0, 7), 16);
