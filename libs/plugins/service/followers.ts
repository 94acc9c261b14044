import { LeaseHolder, Publisher, ReadModelProgress } from '@weinao/events';
import { projectorsOf } from './plugin-projectors.ts';
import type { Stoppable } from './process.ts';
import { Workers } from './workers.ts';
import type { WorkersOptions } from './workers.ts';

export interface FollowersOptions extends Omit<WorkersOptions, 'progress'> {
  readonly databaseUrl: string;
  readonly kurrentUrl?: string | undefined;
}

export interface Runnable extends Stoppable {
  start(): void;
}

/** Name of the lease on everything that follows a plugin's log. */
const FOLLOWERS = 'followers';
const QUIET_DEADLINE_MS = 60_000;

/**
 * What follows a plugin's log, done by the one replica that holds the lease: projections, publication, reactions, timers
 * and outside effects.
 */
export class Followers {
  /** How far the read models are, whichever replica writes them. */
  readonly progress: ReadModelProgress;
  private readonly lease: LeaseHolder;
  private workers: Workers | undefined;
  private workersStarted: () => void = () => undefined;

  constructor(private readonly options: FollowersOptions) {
    const { plugin, databaseUrl, pool, report } = options;
    const schema = plugin.manifest.id;
    this.progress = new ReadModelProgress({ pool, schema, projections: plugin.projections });
    const onHeld = (): Stoppable => this.follow();
    this.lease = new LeaseHolder({ databaseUrl, schema, name: FOLLOWERS, onHeld, report });
  }

  start(): void {
    this.lease.start();
  }

  stop(): Promise<void> {
    return this.lease.stop();
  }

  /**
   * Resolves when this replica's workers have nothing left to do, and the read models show it; waits for the lease first.
   *
   * @returns the log's head
   */
  async quiet(): Promise<bigint> {
    if (!this.workers) await new Promise<void>((resolve) => (this.workersStarted = resolve));
    const head = await this.workers!.quiet();
    await this.progress.reached(head, QUIET_DEADLINE_MS);
    return head;
  }

  private follow(): Stoppable {
    const { plugin, pool, log, bus, report } = this.options;
    const projectors = projectorsOf(plugin, { ...this.options, progress: this.progress });
    const publisher = new Publisher({ plugin: plugin.manifest.id, pool, log, bus, report });
    const workers = new Workers({ ...this.options, progress: this.progress });
    const following = startAll([...projectors, publisher, workers]);
    this.workers = workers;
    this.workersStarted();
    return {
      stop: () => {
        this.workers = undefined;
        return following.stop();
      },
    };
  }
}

/** Starts each in turn. @returns what stops them all */
export function startAll(parts: readonly Runnable[]): Stoppable {
  for (const part of parts) part.start();
  return { stop: async () => void (await Promise.all(parts.map((part) => part.stop()))) };
}
