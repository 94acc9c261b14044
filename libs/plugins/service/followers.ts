import { LeaseHolder, Publisher, ReadModelProgress } from '@weinao/events';
import type { Bus, EventLog } from '@weinao/events';
import type { Pool } from 'pg';
import { projectorsOf } from './plugin-projectors.ts';
import type { Stoppable } from './process.ts';
import type { Plugin } from '../plugin.ts';

export interface FollowersOptions {
  readonly plugin: Plugin;
  readonly databaseUrl: string;
  readonly kurrentUrl?: string | undefined;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  report(message: string, error?: unknown): void;
}

export interface Runnable extends Stoppable {
  start(): void;
}

/** Name of the lease on everything that follows a plugin's log. */
const FOLLOWERS = 'followers';

/** What follows a plugin's log: projections and publication, done by the one replica that holds the lease. */
export class Followers {
  /** How far the read models are, whichever replica writes them. */
  readonly progress: ReadModelProgress;
  private readonly lease: LeaseHolder;

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

  private follow(): Stoppable {
    const { plugin, pool, log, bus, report } = this.options;
    const projectors = projectorsOf(plugin, { ...this.options, progress: this.progress });
    return startAll([...projectors, new Publisher({ plugin: plugin.manifest.id, pool, log, bus, report })]);
  }
}

/** Starts each in turn. @returns what stops them all */
export function startAll(parts: readonly Runnable[]): Stoppable {
  for (const part of parts) part.start();
  return { stop: async () => void (await Promise.all(parts.map((part) => part.stop()))) };
}
