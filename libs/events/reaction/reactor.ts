import { setTimeout } from 'node:timers/promises';
import type { Pool } from 'pg';
import { publisherOf } from './reaction.ts';
import type { Followed, LookupReaction, Reaction } from './reaction.ts';
import { ReactionHandler } from './reaction-handler.ts';
import { BusError } from '../bus/bus.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../decision/command-handler.ts';
import type { Communities } from '../decision/communities.ts';
import { IntentHandler } from '../decision/intent.ts';
import type { IntentReporter } from '../decision/intent.ts';
import type { Snapshots } from '../decision/snapshots.ts';
import type { EventLog } from '../log/event-log.ts';
import { Follower } from '../projection/follower.ts';
import { Consumer } from '../publication/consumer.ts';
import { logHead } from '../publication/log-head.ts';

export interface ReactorOptions {
  /** Whose reaction it is; also the schema of its checkpoints. */
  readonly plugin: string;
  readonly reaction: Reaction | LookupReaction;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly communities: Communities;
  /** Without them, every event of a stream is read for each command. */
  readonly snapshots?: Snapshots | undefined;
  readonly report: IntentReporter;
}

const PAUSE_MS = 1_000;

/** Runs a reaction: on the plugin's own log, and on the events of each other plugin that it follows. */
export class Reactor {
  private readonly own: Follower | undefined;
  private readonly others: readonly ConsumedLog[];

  constructor(private readonly options: ReactorOptions) {
    const publishers = new Set(options.reaction.follows.map(publisherOf));
    this.own = publishers.delete(undefined) ? this.follower() : undefined;
    this.others = [...publishers].map(
      (publisher) => new ConsumedLog(options, publisher!, this.handler(`:${publisher}`)),
    );
  }

  start(): void {
    this.own?.start();
    for (const other of this.others) other.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.own?.stop(), ...this.others.map((other) => other.stop())]);
  }

  /** Resolves once it has reacted to everything of its own log up to the position. @throws Error after the deadline */
  async reached(position: bigint, timeoutMs: number): Promise<void> {
    await this.own?.reached(position, timeoutMs);
  }

  /** Resolves once it has reacted to what stands in the logs of the others by now. @throws Error after the deadline */
  async caughtUpWithOthers(timeoutMs: number): Promise<void> {
    for (const other of this.others) await other.caughtUp(timeoutMs);
  }

  private follower(): Follower {
    const { log, reaction, report } = this.options;
    const handler = this.handler('');
    return new Follower({
      name: `Reaction ${reaction.name}`,
      log,
      load: () => handler.load(),
      handle: (page) => handler.take(page),
      report: (message, error) => report(message, error),
    });
  }

  private handler(source: string): ReactionHandler {
    const { log, clock, reaction, report, snapshots } = this.options;
    const intents = new IntentHandler(log, clock, report, snapshots);
    return new ReactionHandler({
      ...this.options,
      subscriber: `reaction:${reaction.name}${source}`,
      intents,
    });
  }
}

/** Whoever does not run has nothing to catch up with. */
function nobodyThere(error: unknown): undefined {
  if (!(error instanceof BusError && error.code === 'NO_RESPONDER')) throw error;
}

/** Another plugin's events, from the stored checkpoint on. */
class ConsumedLog {
  private readonly stopping = new AbortController();
  private opening: Promise<void> | undefined;
  private consumer: Consumer | undefined;

  constructor(
    private readonly options: ReactorOptions,
    private readonly publisher: string,
    private readonly handler: ReactionHandler,
  ) {}

  start(): void {
    this.opening = this.open();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.opening;
    await this.consumer?.stop();
  }

  async caughtUp(timeoutMs: number): Promise<void> {
    await this.opening;
    const head = await logHead(this.options.bus, this.publisher, 0n, timeoutMs).catch(nobodyThere);
    if (head !== undefined) await this.consumer?.reached(head, timeoutMs);
  }

  private async open(): Promise<void> {
    const { reaction, report } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const after = await this.handler.load();
        this.opening = undefined;
        return this.consume(after);
      } catch (error) {
        report(`Reaction ${reaction.name} does not know where it stands; trying again`, error);
        await setTimeout(PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private consume(after: bigint): void {
    const { bus, report } = this.options;
    const { publisher: plugin, handler } = this;
    if (this.stopping.signal.aborted) return;
    const consumer = new Consumer({
      ...{ bus, plugin, after },
      handle: async (event) => {
        const followed: Followed = { ...event, type: `${plugin}.${event.type}` };
        if (await handler.take([followed])) return;
        this.opening ??= this.reopen(consumer);
        throw new Error(`Reaction ${this.options.reaction.name} begins anew at its checkpoint`);
      },
      report: (message, error) => report(message, error),
    });
    this.consumer = consumer;
    consumer.start();
  }

  /** Another process moved the checkpoint, forwards or back. */
  private async reopen(consumer: Consumer): Promise<void> {
    await consumer.stop();
    await this.open();
  }
}
