import { ConsumedLog } from './consumed-log.ts';
import { OwnLog } from './own-log.ts';
import { publisherOf } from './reaction.ts';
import { ReactionHandler } from './reaction-handler.ts';
import type { ReactorOptions } from './reactor.options.ts';
import { IntentHandler } from '../decision/intent.ts';

/** Runs a reaction: on the plugin's own log, and on the events of each other plugin that it follows. */
export class Reactor {
  private readonly own: OwnLog | undefined;
  private readonly others: readonly ConsumedLog[];

  constructor(private readonly options: ReactorOptions) {
    const publishers = new Set(options.reaction.follows.map(publisherOf));
    this.own = publishers.delete(undefined) ? new OwnLog(options, this.handler('')) : undefined;
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
