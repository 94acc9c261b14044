import { claimEffects, giveEffectBack, nextEffect, noteEffect } from './effect-rows.ts';
import type { ClaimedEffect } from './effect-rows.ts';
import type { EffectsOptions } from './effects.options.ts';
import { FinalFailure } from './outside-effect.ts';
import type { OutsideEffect } from './outside-effect.ts';
import { DueLoop } from '../due/due-loop.ts';
import type { Taken } from '../due/due-loop.ts';
import { derivedId } from '../identifiers.ts';

const MOST_AT_ONCE = 16;
const MOST_TRIES = 8;
const DEADLINE_MS = 10_000;
/** Beyond the deadline, for noting what came of it. */
const LEASE_MARGIN_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Performs outside effects that are due, several side by side. While the outside answers no transaction is open: the row
 * says until when it is taken, and after a crash another runner takes it again from then on.
 */
export class EffectRunner {
  private readonly loop: DueLoop;
  private readonly performing = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly names: readonly string[];
  private readonly leaseMs: number;

  constructor(private readonly options: EffectsOptions) {
    const { plugin, pool, clock, effects, watchEveryMs, report } = options;
    this.names = effects.map(({ name }) => name);
    this.leaseMs = Math.max(...effects.map(deadlineOf)) + LEASE_MARGIN_MS;
    this.loop = new DueLoop({
      name: `Outside effects of ${plugin}`,
      ...{ clock, watchEveryMs },
      takeDue: (now) => this.beginDue(now),
      // with all hands busy, whoever is done first wakes the loop
      nextDue: async () => (this.free > 0 ? nextEffect(pool, plugin, this.names) : undefined),
      report: (message, error) => report(message, error),
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Breaks off what is being performed: it counts as not tried, and is due at once when somebody runs again. */
  async stop(): Promise<void> {
    await this.loop.stop();
    this.stopping.abort(new Error('The service stops'));
    await Promise.all(this.performing);
  }

  readonly wake = (): void => this.loop.wake();

  /** Resolves when nothing is due by its clock and nothing is being performed. */
  async quiet(): Promise<void> {
    do await Promise.all([this.loop.quiet(), ...this.performing]);
    while (this.performing.size > 0);
  }

  private get free(): number {
    return MOST_AT_ONCE - this.performing.size;
  }

  private async beginDue(now: Date): Promise<Taken> {
    if (this.free === 0) return { some: false, all: false };
    const { plugin, pool } = this.options;
    const leaseUntil = new Date(now.getTime() + this.leaseMs);
    const claimed = await claimEffects(pool, plugin, this.names, { now, leaseUntil, limit: this.free });
    for (const effect of claimed) {
      const work = this.attempt(effect)
        .catch((error: unknown) => {
          this.options.report(
            `What became of ${describe(effect)} could not be noted; it is tried again`,
            error,
          );
        })
        .finally(() => {
          this.performing.delete(work);
          this.loop.wake();
        });
      this.performing.add(work);
    }
    return { some: claimed.length > 0, all: this.free > 0 };
  }

  private async attempt(effect: ClaimedEffect): Promise<void> {
    const { plugin, pool, clock, report } = this.options;
    try {
      await this.perform(effect);
    } catch (error) {
      const now = await clock.now();
      if (this.stopping.signal.aborted) return giveEffectBack(pool, plugin, effect, now);
      const { mostTries = MOST_TRIES } = this.definition(effect);
      const dead = error instanceof FinalFailure || effect.tries >= mostTries;
      const what = `${describe(effect)} failed at try ${effect.tries}`;
      report(dead ? `${what}; it is dead until it is revived` : `${what}; it is tried again`, error);
      return noteEffect(pool, plugin, effect, {
        state: dead ? 'dead' : 'pending',
        error: textOf(error),
        nextTry: new Date(now.getTime() + pauseAfter(effect.tries)),
      });
    }
    await noteEffect(pool, plugin, effect, { state: 'done', error: null, nextTry: await clock.now() });
  }

  private async perform(effect: ClaimedEffect): Promise<void> {
    const definition = this.definition(effect);
    const { name, communityId, key } = effect;
    const deadline = new AbortController();
    const ms = deadlineOf(definition);
    const timer = setTimeout(() => deadline.abort(new Error(`It was not done within ${ms} ms`)), ms);
    const signal = AbortSignal.any([deadline.signal, this.stopping.signal]);
    try {
      const context = { key: derivedId('effect', this.options.plugin, name, communityId, key), signal };
      await unlessAborted(definition.perform(effect, context), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  private definition({ name }: ClaimedEffect): OutsideEffect {
    return this.options.effects.find((effect) => effect.name === name)!;
  }
}

const deadlineOf = ({ deadlineMs = DEADLINE_MS }: OutsideEffect): number => deadlineMs;

const describe = ({ name, key, communityId }: ClaimedEffect): string =>
  `Effect ${name} ${key} of ${communityId}`;

/** No text of PostgreSQL holds a NUL. */
const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll('\0', '\uFFFD');

/** Twice as long each time, and not all at the same moment: between half and all of it. */
function pauseAfter(tries: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
  return pause * (0.5 + Math.random() / 2);
}

/** Also where the work does not heed the signal. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject);
  });
}
