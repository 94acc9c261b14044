import { DatabaseClock, EffectKeeper, EffectRunner, Reactor, TimerKeeper, TimerRunner } from '@weinao/events';
import type { Bus, Clock, EventLog, TimerClock } from '@weinao/events';
import type { Pool } from 'pg';
import { EnabledCommunities } from './enabled-communities.ts';
import type { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';

export interface WorkersOptions {
  readonly plugin: Plugin;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  readonly clock: Clock;
  /** The database's clock unless said otherwise. */
  readonly timerClock?: TimerClock | undefined;
  readonly directory: CommunityDirectory;
  report(message: string, error?: unknown): void;
}

interface Worker {
  start(): void;
  stop(): Promise<void>;
  /** Resolves when it has done what its log led to up to the position, and nothing is due. */
  settled(position: bigint): Promise<void>;
}

const SETTLED_DEADLINE_MS = 60_000;

/** What a plugin does by itself, without a request: its reactions, timers and outside effects. */
export class Workers {
  private readonly workers: readonly Worker[];

  constructor(private readonly options: WorkersOptions) {
    this.workers = [...reactionsOf(options), ...timersOf(options), ...effectsOf(options)];
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
      await Promise.all(this.workers.map((worker) => worker.settled(head)));
      if ((await log.head()) === head) return head;
    }
  }
}

function reactionsOf({ plugin, directory, ...parts }: WorkersOptions): Worker[] {
  const communities = new EnabledCommunities(plugin.manifest, directory);
  return (plugin.reactions ?? []).map((reaction) => {
    const reactor = new Reactor({ ...parts, plugin: plugin.manifest.id, reaction, communities });
    return {
      start: () => reactor.start(),
      stop: () => reactor.stop(),
      settled: async (position) => {
        await reactor.reached(position, SETTLED_DEADLINE_MS);
        await reactor.caughtUpWithOthers(SETTLED_DEADLINE_MS);
      },
    };
  });
}

function timersOf({ plugin, directory, pool, log, timerClock, report }: WorkersOptions): Worker[] {
  const { timers = [] } = plugin;
  if (timers.length === 0) return [];
  const { id } = plugin.manifest;
  const clock = timerClock ?? new DatabaseClock(pool);
  const communities = new EnabledCommunities(plugin.manifest, directory);
  const runner = new TimerRunner({ plugin: id, pool, log, clock, timers, communities, report });
  const keeper = new TimerKeeper({ schema: id, pool, log, timers, onSet: runner.wakeBy, report });
  return [keptAndRun(keeper, runner)];
}

function effectsOf({ plugin, pool, log, timerClock, report }: WorkersOptions): Worker[] {
  const { effects = [] } = plugin;
  if (effects.length === 0) return [];
  const { id } = plugin.manifest;
  const clock = timerClock ?? new DatabaseClock(pool);
  const runner = new EffectRunner({ plugin: id, pool, clock, effects, report });
  const keeper = new EffectKeeper({ schema: id, pool, log, effects, onAdded: runner.wake, report });
  return [keptAndRun(keeper, runner)];
}

/** The keeper wakes the runner, so it stops first. */
const keptAndRun = (keeper: TimerKeeper | EffectKeeper, runner: TimerRunner | EffectRunner): Worker => ({
  start: () => {
    keeper.start();
    runner.start();
  },
  stop: async () => {
    await keeper.stop();
    await runner.stop();
  },
  settled: async (position) => {
    await keeper.reached(position, SETTLED_DEADLINE_MS);
    await runner.quiet();
  },
});
