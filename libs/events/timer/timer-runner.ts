import type { PoolClient } from 'pg';
import { claimTimers, deleteTimers, nextTimer, postponeTimer, takeOverdue } from './timer-rows.ts';
import type { ClaimedTimer, ClaimOptions } from './timer-rows.ts';
import type { TimersOptions } from './timers.options.ts';
import { inTurn } from '../decision/in-turn.ts';
import { Fault, IntentHandler, streamOf } from '../decision/intent.ts';
import type { Intent } from '../decision/intent.ts';
import { DueLoop } from '../due/due-loop.ts';
import type { Taken } from '../due/due-loop.ts';
import { derivedId } from '../identifiers.ts';
import { inTransaction } from '../projection/transaction.ts';

const MOST_A_BATCH = 1_000;
/** Due longer ago than this, a timer fires as late. */
const LATE_MS = 60_000;
/** Due longer ago than this and still waiting, it is reported. */
const OVERDUE_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * Fires timers when they are due: never before by its clock, and each once in effect. A row is claimed and deleted in one
 * transaction, between which its commands are done; after a crash it is fired again, and the commands' ids are known.
 */
export class TimerRunner {
  private readonly loop: DueLoop;
  private stopListening: () => void = () => undefined;

  constructor(private readonly options: TimersOptions) {
    const { plugin, pool, clock, watchEveryMs, report } = options;
    this.loop = new DueLoop({
      name: `Timers of ${plugin}`,
      ...{ clock, watchEveryMs },
      takeDue: (now) => this.fireDue(now),
      nextDue: async () => nextTimer(pool, plugin, await this.whose()),
      watch: (now) => this.reportOverdue(now),
      report: (message, error) => report(message, error),
    });
  }

  start(): void {
    this.stopListening = this.options.communities.onChange(() => this.loop.wake());
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopListening();
    await this.loop.stop();
  }

  /** A timer was set: it is due then, or nobody knows when. */
  readonly wakeBy = (due?: Date): void => (due ? this.loop.wakeBy(due) : this.loop.wake());

  /** Resolves when nothing is due by its clock. */
  quiet(): Promise<void> {
    return this.loop.quiet();
  }

  private async whose(): Promise<Omit<ClaimOptions, 'now'>> {
    const { timers, communities } = this.options;
    return { names: timers.map(({ name }) => name), communities: await communities.enabled() };
  }

  private async fireDue(now: Date): Promise<Taken> {
    const { plugin, pool } = this.options;
    const which = { now, ...(await this.whose()) };
    const outages: unknown[] = [];
    let count = 0;
    await inTransaction(pool, async (client) => {
      const claimed = await claimTimers(client, plugin, which, MOST_A_BATCH);
      count = claimed.length;
      if (claimed.length === 0) return false;
      const firing = new Firing(this.options, now);
      await firing.fire(claimed);
      // a deletion that a crash of the server undoes only fires once more what is known by then: no need to wait for the disk
      await client.query('set local synchronous_commit = off');
      outages.push(...firing.outages);
      await deleteTimers(client, plugin, firing.done);
      await this.postpone(client, firing.failed, now);
      return true;
    });
    if (outages.length > 0) throw outages[0];
    return { some: count > 0, all: count < MOST_A_BATCH };
  }

  /** A timer that cannot be fired must not stand before the others: it is tried again later and later. */
  private async postpone(client: PoolClient, failed: readonly ClaimedTimer[], now: Date): Promise<void> {
    for (const timer of failed) {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** timer.tries, LONGEST_PAUSE_MS);
      await postponeTimer(client, this.options.plugin, timer, new Date(now.getTime() + pause));
    }
  }

  private async reportOverdue(now: Date): Promise<void> {
    const { plugin, pool, report } = this.options;
    const before = new Date(now.getTime() - OVERDUE_MS);
    const { count, oldest } = await takeOverdue(pool, plugin, { now: before, ...(await this.whose()) });
    if (count > 0) report(`${count} timers are overdue, the oldest since ${oldest!.toISOString()}`);
  }
}

/** One batch of claimed timers, and what became of each. */
class Firing {
  readonly done: ClaimedTimer[] = [];
  readonly failed: ClaimedTimer[] = [];
  readonly outages: unknown[] = [];
  private readonly intents: IntentHandler;

  constructor(
    private readonly options: TimersOptions,
    private readonly now: Date,
  ) {
    // decides by the clock that says what is due: by the machine's own it may not be due yet
    this.intents = new IntentHandler(options.log, () => now, options.report, options.snapshots);
  }

  async fire(timers: readonly ClaimedTimer[]): Promise<void> {
    await inTurn(timers.map((timer) => ({ keys: this.streamsOf(timer), run: () => this.fireOne(timer) })));
  }

  private streamsOf(timer: ClaimedTimer): string[] {
    try {
      return this.intentsOf(timer).map((intent) => streamOf(intent, timer.communityId));
    } catch {
      return []; // firing it will say what is wrong
    }
  }

  private async fireOne(timer: ClaimedTimer): Promise<void> {
    try {
      if (await this.execute(timer)) this.done.push(timer);
    } catch (error) {
      if (!(error instanceof Fault)) return void this.outages.push(error);
      const { name, communityId, key } = timer;
      this.options.report(`Timer ${name} ${key} of ${communityId} cannot be fired; it is tried later`, error);
      this.failed.push(timer);
    }
  }

  /** @returns false where the plugin is not enabled any more: the timer waits until it is again */
  private async execute(timer: ClaimedTimer): Promise<boolean> {
    const { plugin, communities } = this.options;
    const { name, communityId, key, setBy, correlationId } = timer;
    const settings = await communities.settingsOf(communityId);
    if (!settings) return false;
    const id = derivedId('timer', plugin, name, communityId, key, setBy);
    for (const [index, intent] of this.intentsOf(timer).entries()) {
      await this.intents.handle(intent, {
        ...{ id, communityId, correlationId, settings },
        commandIdParts: [id, index],
        actor: { id: `timer:${plugin}.${name}`, permissions: [] },
      });
    }
    return true;
  }

  private intentsOf({ name, communityId, key, due, data }: ClaimedTimer): readonly Intent[] {
    const timer = this.options.timers.find((one) => one.name === name)!;
    const late = this.now.getTime() - Date.parse(due) > LATE_MS;
    try {
      return timer.fire({ communityId, key, due, data }, { late });
    } catch (error) {
      throw new Fault(`fire of ${name}`, error);
    }
  }
}
