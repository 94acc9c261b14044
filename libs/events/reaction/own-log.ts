import { listenForEnabling } from './enabling.ts';
import type { ReactionHandler } from './reaction-handler.ts';
import type { ReactorOptions } from './reactor.options.ts';
import { Follower } from '../projection/follower.ts';

/** The plugin's own events, from the stored checkpoint on. */
export class OwnLog {
  private readonly follower: Follower;
  private stopListening: () => void = () => undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ReactorOptions,
    private readonly handler: ReactionHandler,
  ) {
    const { log, reaction, report } = options;
    this.follower = new Follower({
      name: `Reaction ${reaction.name}`,
      log,
      load: () => handler.load(),
      handle: (page) => handler.take(page),
      report: (message, error) => report(message, error),
    });
  }

  start(): void {
    this.follower.start();
    this.stopListening = listenForEnabling(this.options, () => this.lookBack());
  }

  async stop(): Promise<void> {
    this.stopListening();
    await Promise.all([this.follower.stop(), this.looking.catch(() => undefined)]);
  }

  async reached(position: bigint, timeoutMs: number): Promise<void> {
    await this.lookBack();
    await this.follower.reached(position, timeoutMs);
  }

  /** One after the other, so that a stop knows what to wait for. */
  private lookBack(): Promise<void> {
    const look = async (): Promise<void> => {
      if (await this.handler.returnToEnabled()) this.follower.reload();
    };
    return (this.looking = this.looking.then(look, look));
  }
}
