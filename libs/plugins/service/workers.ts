import { DatabaseClock, Effects, Reactor, Timers } from '@weinao/events';
import type { Bus, Clock, EventLog, ReadModelProgress, Snapshots, TimerClock } from '@weinao/events';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { EnabledCommunities } from './enabled-communities.ts';
import type { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import { lookupOf } from '../reactions/looking-reaction.ts';

export interface WorkersOptions {
  readonly plugin: Plugin;
  readonly pool: Pool;
  /** What readers of reactions are made with. */
  readonly dataSource: DataSource;
  readonly log: EventLog;
  readonly bus: Bus;
  readonly clock: Clock;
  /** The database's clock unless said otherwise. */
  readonly timerClock?: TimerClock | undefined;
  readonly directory: CommunityDirectory;
  readonly snapshots: Snapshots;
  readonly progress: ReadModelProgress;
  report(message: string, error?: unknown): void;
}

interface Worker {
  start(): void;
  stop(): Promise<void>;
  /** Resolves once it knows what its log says up to the position. */
  reached(position: bigint, timeoutMs: number): Promise<void>;
  /** Resolves when nothing is left to do. */
  quiet(): Promise<void>;
}

const QUIET_DEADLINE_MS = 60_000;

/** What a plugin does by itself, without a request: its reactions, timers and outside effects. */
export class Workers {
  private readonly workers: readonly Worker[];

  constructor(private readonly options: WorkersOptions) {
    this.workers = [...reactorsOf(options), ...timersOf(options), ...effectsOf(options)];
  }

  start(): void {
    for (const worker of this.workers) worker.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
  }

  /** Resolves when nothing is left to do, on a clock that stands still. @returns the log's head */
  async quiet(): Promise<bigint> {
    const { log } = this.options;
    for (;;) {
      const head = await log.head();
      await Promise.all(this.workers.map((worker) => worker.reached(head, QUIET_DEADLINE_MS)));
      await Promise.all(this.workers.map((worker) => worker.quiet()));
      if ((await log.head()) === head) return head;
    }
  }
}

function reactorsOf({ plugin, directory, dataSource, progress, ...parts }: WorkersOptions): Worker[] {
  const { manifest, reactions = [] } = plugin;
  const communities = new EnabledCommunities(manifest, directory);
  return reactions.map((defined) => {
    const reaction = 'reader' in defined ? lookupOf(defined, dataSource, progress, directory) : defined;
    const reactor = new Reactor({ ...parts, plugin: manifest.id, reaction, communities });
    return {
      start: () => reactor.start(),
      stop: () => reactor.stop(),
      reached: (position, timeoutMs) => reactor.reached(position, timeoutMs),
      quiet: () => reactor.caughtUpWithOthers(QUIET_DEADLINE_MS),
    };
  });
}

function timersOf(options: WorkersOptions): Worker[] {
  const { plugin, directory, pool, log, timerClock, snapshots, report } = options;
  const { manifest, timers = [] } = plugin;
  if (timers.length === 0) return [];
  const clock = timerClock ?? new DatabaseClock(pool);
  const communities = new EnabledCommunities(manifest, directory);
  return [new Timers({ plugin: manifest.id, pool, log, clock, timers, communities, snapshots, report })];
}

function effectsOf({ plugin, pool, log, timerClock, report }: WorkersOptions): Worker[] {
  const { manifest, effects = [] } = plugin;
  if (effects.length === 0) return [];
  const clock = timerClock ?? new DatabaseClock(pool);
  return [new Effects({ plugin: manifest.id, pool, log, clock, effects, report })];
}
